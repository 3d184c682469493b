package dev.rolecall.grants;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import io.grpc.ChannelCredentials;
import io.grpc.EquivalentAddressGroup;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ManagedChannelProvider;
import io.grpc.ManagedChannelRegistry;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A target whose name has several addresses, as a headless Service of Kubernetes has. */
final class AddressesTest {

  private static final String SCHEME = "nodes";

  private final Bench bench = new Bench();
  private final FeedServer one = new FeedServer();
  private final FeedServer other = new FeedServer();
  private final Addresses addresses = new Addresses(List.of(one.name(), other.name()));
  private final Transport transport = new Transport();

  @BeforeEach
  void register() {
    NameResolverRegistry.getDefaultRegistry().register(addresses);
    ManagedChannelRegistry.getDefaultRegistry().register(transport);
  }

  @AfterEach
  void close() {
    NameResolverRegistry.getDefaultRegistry().deregister(addresses);
    ManagedChannelRegistry.getDefaultRegistry().deregister(transport);
    bench.close();
    one.close();
    other.close();
  }

  @Test
  void node_thatFallsSilent_isLeftForAnotherOfItsName() {
    bench.follow(GrantFeed.follow(SCHEME + ":///access", InsecureChannelCredentials.create()));
    FeedServer first = one.subscriptions().isEmpty() ? other : one;
    FeedServer second = first == one ? other : one;
    assertThat(first.subscriptions()).hasSize(1);
    first.say(bench.message().addGrants(bench.roleGrant("g1", Duration.ofHours(1)).setRevision(1)));
    assertThat(bench.isHeld()).isTrue();

    bench.scheduler.pass(Duration.ofMillis(2_200));

    assertThat(first.subscriptions()).hasSize(1);
    assertThat(second.subscriptions()).hasSize(1);
    second.say(bench.heartbeat());
    bench.scheduler.pass(Duration.ofSeconds(1));
    assertThat(bench.isHeld()).isTrue();
  }

  /** Resolves each name of the scheme to those servers. */
  private static final class Addresses extends NameResolverProvider {

    private final List<String> servers;

    Addresses(List<String> servers) {
      this.servers = servers;
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 5;
    }

    @Override
    public String getDefaultScheme() {
      return SCHEME;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
      return Set.of(InProcessSocketAddress.class);
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
      return SCHEME.equals(target.getScheme()) ? new Resolver(servers) : null;
    }
  }

  /** Answers at once. */
  private static final class Resolver extends NameResolver {

    private final List<String> servers;

    Resolver(List<String> servers) {
      this.servers = servers;
    }

    @Override
    public String getServiceAuthority() {
      return "access";
    }

    @Override
    public void start(Listener2 listener) {
      listener.onResult2(
          ResolutionResult.newBuilder()
              .setAddressesOrError(
                  StatusOr.fromValue(
                      servers.stream()
                          .map(InProcessSocketAddress::new)
                          .map(EquivalentAddressGroup::new)
                          .toList()))
              .setAttributes(Attributes.EMPTY)
              .build());
    }

    @Override
    public void shutdown() {}
  }

  /** Channels within the process, on the test's thread. */
  private static final class Transport extends ManagedChannelProvider {

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 10;
    }

    @Override
    protected ManagedChannelBuilder<?> builderForAddress(String name, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected ManagedChannelBuilder<?> builderForTarget(String target) {
      return InProcessChannelBuilder.forTarget(target).directExecutor();
    }

    @Override
    protected NewChannelBuilderResult newChannelBuilder(
        String target, ChannelCredentials credentials) {
      return NewChannelBuilderResult.channelBuilder(builderForTarget(target));
    }

    @Override
    protected Collection<Class<? extends SocketAddress>> getSupportedSocketAddressTypes() {
      return Set.of(InProcessSocketAddress.class);
    }
  }
}
