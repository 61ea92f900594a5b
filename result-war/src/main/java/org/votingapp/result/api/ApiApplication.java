package org.votingapp.result.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The root of the API; the container finds its resources. */
@ApplicationPath("/api")
public class ApiApplication extends Application {}
