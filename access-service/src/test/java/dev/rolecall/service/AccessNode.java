package dev.rolecall.service;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.GrantFeedGrpc;
import dev.rolecall.identity.Caller;
import dev.rolecall.service.store.StoreSource;
import dev.rolecall.service.store.sqlite.SqliteStore;
import dev.rolecall.service.token.GrantTokenSettings;
import dev.rolecall.service.token.SealingKeyFile;
import dev.rolecall.service.token.TokenKeySettings;
import dev.rolecall.testsupport.Termination;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A node with a store in a folder, served in this process, and stubs that call as a caller. */
final class AccessNode implements AutoCloseable {

  static final String RULES =
      """
      directories:
        - name: corp
          roles:
            - account: "111122223333"
              permission_set: Engineer
              role_id: AROAENGINEER00000001
            - account: "111122223333"
              permission_set: Lead
              role_id: AROALEAD000000000001
        - {name: out, issuer: okta}
      rules:
        - permission: orders-admin
          requesters: [{directory: corp}]
          reviewers: [{directory: corp, permission_set: Lead}]
          quorum: 2
          max_duration: 4h
          may_schedule_ahead: 7d
          require: [reason, ticket]
          tickets: ["OPS-*"]
          break_glass: {max_duration: 30m, review_within: 24h}
        - permission: orders-read
          requesters:
            - {role: "arn:aws:iam::111122223333:role/batch"}
            - {directory: corp}
            - {directory: out}
          reviewers: [{directory: corp, permission_set: Lead}]
          max_duration: 1h
        - permission: region-admin
          requesters: [{directory: corp}]
          reviewers: [{directory: corp, permission_set: Lead}]
          max_duration: 1h
          resources: ["orders/{region}"]
        - permission: payroll
          requesters: [{role: "arn:aws:iam::111122223333:role/batch"}]
          reviewers: [{directory: corp}]
          quorum: 2
          max_duration: 1h
      admins:
        - {role: "arn:aws:iam::111122223333:role/security"}
      enforcers: ["arn:aws:iam::111122223333:role/orders"]
      """;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final StatedCallers callers = new StatedCallers();
  private final AccessServer node;
  private final ManagedChannel channel;
  private final String name;
  private final Path rules;
  private Server server;

  private AccessNode(
      Path folder, StoreSource store, AccessRuntime runtime, Optional<GrantTokenSettings> tokens)
      throws IOException {
    this.rules = folder.resolve("rules.yaml");
    if (!Files.exists(rules)) {
      Files.writeString(rules, RULES);
    }
    AccessServerBuilder options =
        AccessServer.builder(rules, store)
            .accept(callers)
            .runtime(runtime)
            .maxSubscribers(30)
            .rulesPeriod(Duration.ofMillis(100));
    tokens.ifPresent(options::grantTokens);
    this.node = options.start();
    // The same after a restart, so that channels find the node again.
    this.name = folder.toUri().toString();
    this.server = served(node, name);
    this.channel = InProcessChannelBuilder.forName(name).build();
  }

  private static Server served(AccessServer node, String name) throws IOException {
    InProcessServerBuilder builder = InProcessServerBuilder.forName(name).intercept(node.guard());
    node.services().forEach(builder::addService);
    return builder.build().start();
  }

  /** Ends all connections and calls. The node itself goes on, and takes new ones. */
  void cutConnections() {
    stopServing();
    try {
      server = served(node, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void stopServing() {
    server.shutdownNow();
    Termination.of("the node's server", server::awaitTermination);
  }

  /** A node with a store and the rules of the tests in that folder. */
  static AccessNode start(Path folder) {
    return start(folder, SqliteStore.in(folder.resolve("data")), AccessRuntime.ofDefaults());
  }

  /** The same, which issues grant tokens too. */
  static AccessNode withTokens(Path folder) {
    GrantTokenSettings settings =
        new GrantTokenSettings(
            "access",
            SealingKeyFile.besideData(folder, RANDOM),
            TokenKeySettings.standard(),
            RANDOM);
    return start(
        folder,
        SqliteStore.in(folder.resolve("data")),
        AccessRuntime.ofDefaults(),
        Optional.of(settings));
  }

  static AccessNode start(Path folder, StoreSource store, AccessRuntime runtime) {
    return start(folder, store, runtime, Optional.empty());
  }

  private static AccessNode start(
      Path folder, StoreSource store, AccessRuntime runtime, Optional<GrantTokenSettings> tokens) {
    try {
      return new AccessNode(folder, store, runtime, tokens);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Other rules, which count after two checks of the file. */
  void replaceRules(String text) {
    try {
      Files.writeString(rules, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AccessServer node() {
    return node;
  }

  Channel channel() {
    return channel;
  }

  /** A channel of that caller's own, which it closes. */
  ManagedChannel newChannelOf(Caller caller) {
    return InProcessChannelBuilder.forName(name).intercept(credentials(caller)).build();
  }

  ClientInterceptor credentials(Caller caller) {
    return callers.sentAs(caller);
  }

  AccessServiceGrpc.AccessServiceBlockingStub as(Caller caller) {
    return AccessServiceGrpc.newBlockingStub(channel)
        .withInterceptors(credentials(caller))
        .withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  AccessServiceGrpc.AccessServiceStub watchAs(Caller caller) {
    return AccessServiceGrpc.newStub(channel).withInterceptors(credentials(caller));
  }

  GrantFeedGrpc.GrantFeedStub feedAs(Caller caller) {
    return GrantFeedGrpc.newStub(channel).withInterceptors(credentials(caller));
  }

  @Override
  public void close() {
    node.stop();
    channel.shutdownNow();
    stopServing();
    node.close();
  }
}
