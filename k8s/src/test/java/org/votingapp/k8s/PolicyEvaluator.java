package org.votingapp.k8s;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether a connection is open, by the rules of {@code networking.k8s.io/v1}: a pod is isolated in a direction as soon as one
 * policy of that direction selects it, and then open to what any of these policies allows; both ends must be open. An
 * {@code ipBlock} is for addresses outside the cluster: some networks let no pod in by it.
 */
final class PolicyEvaluator {

    private final List<NetworkPolicy> policies;

    PolicyEvaluator(Stream<NetworkPolicy> policies) {
        this.policies = policies.toList();
    }

    /** Whether one end can open a connection to a port of the other. */
    boolean opens(Endpoint from, Endpoint to, String protocol, int port) {
        return allows(
                        from,
                        "Egress",
                        policy -> policy.getSpec().getEgress().stream()
                                .map(rule -> new Rule(policy, rule.getTo(), rule.getPorts()))
                                .anyMatch(rule -> rule.matches(to, to, protocol, port)))
                && allows(
                        to,
                        "Ingress",
                        policy -> policy.getSpec().getIngress().stream()
                                .map(rule -> new Rule(policy, rule.getFrom(), rule.getPorts()))
                                .anyMatch(rule -> rule.matches(from, to, protocol, port)));
    }

    private boolean allows(Endpoint end, String direction, Function<NetworkPolicy, Boolean> allowance) {
        List<NetworkPolicy> isolating = policies.stream()
                .filter(policy -> end.isPod() && selects(policy, end) && isOf(direction, policy))
                .toList();
        return isolating.isEmpty() || isolating.stream().anyMatch(allowance::apply);
    }

    private static boolean selects(NetworkPolicy policy, Endpoint pod) {
        return pod.namespace().equals(policy.getMetadata().getNamespace())
                && matches(policy.getSpec().getPodSelector(), pod.labels());
    }

    private static boolean isOf(String direction, NetworkPolicy policy) {
        List<String> types = policy.getSpec().getPolicyTypes();
        return types.isEmpty()
                ? direction.equals("Ingress") || !policy.getSpec().getEgress().isEmpty()
                : types.contains(direction);
    }

    /** Who may be at the other end, and by which ports; nobody or none that is named means all. */
    private record Rule(NetworkPolicy policy, List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {

        boolean matches(Endpoint other, Endpoint to, String protocol, int port) {
            return (peers.isEmpty() || peers.stream().anyMatch(peer -> isPeer(peer, other)))
                    && (ports.isEmpty() || ports.stream().anyMatch(allowed -> isPort(allowed, to, protocol, port)));
        }

        private boolean isPeer(NetworkPolicyPeer peer, Endpoint other) {
            if (peer.getIpBlock() != null) {
                return !other.isPod() && contains(peer.getIpBlock(), other.address());
            }
            boolean inNamespace = peer.getNamespaceSelector() == null
                    ? other.namespace().equals(policy.getMetadata().getNamespace())
                    : PolicyEvaluator.matches(
                            peer.getNamespaceSelector(), Map.of("kubernetes.io/metadata.name", other.namespace()));
            return other.isPod()
                    && inNamespace
                    && (peer.getPodSelector() == null
                            || PolicyEvaluator.matches(peer.getPodSelector(), other.labels()));
        }

        private static boolean isPort(NetworkPolicyPort allowed, Endpoint to, String protocol, int port) {
            if (!protocol.equals(Objects.requireNonNullElse(allowed.getProtocol(), "TCP"))) {
                return false;
            }
            IntOrString first = allowed.getPort();
            if (first == null) {
                return true;
            }
            if (first.getStrVal() != null) {
                return Integer.valueOf(port).equals(to.ports().get(first.getStrVal()));
            }
            int last = Objects.requireNonNullElse(allowed.getEndPort(), first.getIntVal());
            return first.getIntVal() <= port && port <= last;
        }
    }

    private static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
                && selector.getMatchExpressions().stream().allMatch(expression -> matches(expression, labels));
    }

    private static boolean matches(LabelSelectorRequirement expression, Map<String, String> labels) {
        String value = labels.get(expression.getKey());
        return switch (expression.getOperator()) {
            case "In" -> expression.getValues().contains(value);
            case "NotIn" -> !expression.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw new IllegalArgumentException(expression.getOperator());
        };
    }

    private static boolean contains(IPBlock block, String address) {
        return contains(block.getCidr(), address)
                && block.getExcept().stream().noneMatch(except -> contains(except, address));
    }

    private static boolean contains(String cidr, String address) {
        String[] parts = cidr.split("/");
        byte[] network = bytes(parts[0]);
        byte[] given = bytes(address);
        int host = network.length * Byte.SIZE - Integer.parseInt(parts[1]);
        return network.length == given.length
                && new BigInteger(1, network).shiftRight(host).equals(new BigInteger(1, given).shiftRight(host));
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(address, impossible);
        }
    }
}
