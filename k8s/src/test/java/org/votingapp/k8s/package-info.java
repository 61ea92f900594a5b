/** The manifests are rendered, held against the API's types and our rules, and used on a real cluster. */
package org.votingapp.k8s;
