package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of several targets as those of one: each target is resolved by DNS for itself. A
 * target that cannot be resolved takes nothing from the others, and is tried again.
 *
 * <p>All of it runs in the channel's synchronization context.
 */
final class SeveralTargets extends NameResolver {

  private static final String SCHEME = "rolecall-upstreams";
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):[0-9]{1,5}");
  private static final long RETRY_SECONDS = 10;

  static {
    NameResolverRegistry.getDefaultRegistry().register(new Provider());
  }

  private final List<String> targets;
  private final List<NameResolver> resolvers = new ArrayList<>();
  private final SynchronizationContext context;
  private final ScheduledExecutorService timer;

  /** By the target's number, in the order of the targets. */
  private final Map<Integer, List<EquivalentAddressGroup>> known = new TreeMap<>();

  private final Map<Integer, Status> failures = new TreeMap<>();
  private @Nullable Listener2 listener;
  private boolean retries;
  private boolean ended;

  private SeveralTargets(List<String> targets, Args args) {
    this.targets = targets;
    this.context = args.getSynchronizationContext();
    this.timer = args.getScheduledExecutorService();
    Factory dns = NameResolverRegistry.getDefaultRegistry().asFactory();
    for (String target : targets) {
      resolvers.add(requireNonNull(dns.newNameResolver(uri("dns", target), args), "resolver"));
    }
  }

  /**
   * Checks a target.
   *
   * @throws IllegalArgumentException if it is not {@code host:port}
   */
  static void check(String target) {
    if (!HOST_AND_PORT.matcher(target).matches()) {
      throw InvalidValue.of("target", target, "host:port, where there are several");
    }
  }

  /** The target of a channel to all of these. */
  static String target(List<String> targets) {
    return uri(SCHEME, String.join(",", targets)).toString();
  }

  /** Escapes the brackets around an IPv6 address. */
  private static URI uri(String scheme, String path) {
    try {
      return new URI(scheme, "", "/" + path, null);
    } catch (URISyntaxException e) {
      throw new AssertionError("targets were checked", e);
    }
  }

  @Override
  public String getServiceAuthority() {
    return targets.get(0);
  }

  @Override
  public void start(Listener2 listener) {
    this.listener = listener;
    for (int i = 0; i < resolvers.size(); i++) {
      resolvers.get(i).start(new OfOne(i));
    }
  }

  @Override
  public void refresh() {
    resolvers.forEach(NameResolver::refresh);
  }

  @Override
  public void shutdown() {
    ended = true;
    resolvers.forEach(NameResolver::shutdown);
  }

  private Status resolved(int number, List<EquivalentAddressGroup> addresses) {
    List<EquivalentAddressGroup> named = new ArrayList<>();
    for (EquivalentAddressGroup each : addresses) {
      named.add(
          new EquivalentAddressGroup(each.getAddresses(), named(number, each.getAttributes())));
    }
    known.put(number, named);
    failures.remove(number);
    return tell();
  }

  /** Each server's certificate has its own name. */
  private Attributes named(int number, Attributes attributes) {
    return attributes.toBuilder()
        .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, targets.get(number))
        .build();
  }

  private void failed(int number, Status status) {
    failures.put(number, status);
    if (!retries && !ended) {
      retries = true;
      var unused =
          timer.schedule(() -> context.execute(this::retry), RETRY_SECONDS, TimeUnit.SECONDS);
    }
    if (known.isEmpty() && failures.size() == targets.size()) {
      requireNonNull(listener, "listener").onError(status);
    }
  }

  private void retry() {
    retries = false;
    if (!ended) {
      failures.keySet().forEach(number -> resolvers.get(number).refresh());
    }
  }

  private Status tell() {
    List<EquivalentAddressGroup> all = known.values().stream().flatMap(List::stream).toList();
    return requireNonNull(listener, "listener")
        .onResult2(
            ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(all)).build());
  }

  /** Hears of one target. */
  private final class OfOne extends Listener2 {

    private final int number;

    OfOne(int number) {
      this.number = number;
    }

    @Override
    public Status onResult2(ResolutionResult result) {
      StatusOr<List<EquivalentAddressGroup>> addresses = result.getAddressesOrError();
      if (addresses.hasValue()) {
        return resolved(number, addresses.getValue());
      }
      failed(number, addresses.getStatus());
      return addresses.getStatus();
    }

    @Override
    public void onResult(ResolutionResult result) {
      context.execute(
          () -> {
            var unused = onResult2(result);
          });
    }

    @Override
    public void onError(Status error) {
      context.execute(() -> failed(number, error));
    }
  }

  private static final class Provider extends NameResolverProvider {

    private static final int PRIORITY = 5;

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return PRIORITY;
    }

    @Override
    public String getDefaultScheme() {
      return SCHEME;
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, Args args) {
      return SCHEME.equals(target.getScheme())
          ? new SeveralTargets(List.of(target.getPath().substring(1).split(",", -1)), args)
          : null;
    }
  }
}
