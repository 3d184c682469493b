package dev.rolecall.proxy.relay;

import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import java.util.List;
import java.util.Optional;

/**
 * The settings that all event loops of a relay share.
 *
 * @param health the relay's own health service; empty where such calls are relayed
 * @param filters see each connection of a client first
 */
record RelayOptions(
    ServerCredentials credentials,
    RouteTable routes,
    RelayLimits limits,
    RelayMetrics metrics,
    Optional<ServerServiceDefinition> health,
    List<ServerTransportFilter> filters) {}
