package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers behind a relay that do the work of a route: calls go to each of their addresses in
 * turn. Immutable.
 *
 * <p>A name is looked up again when a connection to one of its addresses ends, and not before: a
 * server that sets a {@code maxConnectionAge} lets the relay find new replicas. Each event loop
 * keeps one connection to each address.
 */
public final class Upstream {

  private static final int MOST_TARGETS = 64;

  private final List<String> targets;
  private final ChannelCredentials credentials;
  private final @Nullable CallCredentials proof;
  private final @Nullable String authority;

  private Upstream(
      List<String> targets,
      ChannelCredentials credentials,
      @Nullable CallCredentials proof,
      @Nullable String authority) {
    this.targets = targets;
    this.credentials = credentials;
    this.proof = proof;
    this.authority = authority;
  }

  /**
   * Servers that are reached with those credentials, such as TLS.
   *
   * @param targets each {@code host:port}; or one alone, which may be any target of gRPC's, such as
   *     {@code dns:///orders.internal:50051}
   * @throws IllegalArgumentException if there is no target, or more than 64
   */
  public static Upstream over(ChannelCredentials credentials, String... targets) {
    requireNonNull(credentials, "credentials");
    return new Upstream(checked(List.of(targets)), credentials, null, null);
  }

  /**
   * Servers that are reached without TLS: for those that nothing but the relay can reach, such as
   * one on the loopback interface. Otherwise as {@link #over}.
   */
  public static Upstream overPlaintext(String... targets) {
    return over(InsecureChannelCredentials.create(), targets);
  }

  /**
   * The same, to which the relay proves itself on each call of a known caller. The proof takes the
   * place of the client's credential, which is dropped. A call without a known caller, of a public
   * method say, goes without: it would reach the servers as the relay's own.
   *
   * @param proof sets {@code authorization}; must not block
   */
  public Upstream proving(CallCredentials proof) {
    return new Upstream(targets, credentials, requireNonNull(proof, "proof"), authority);
  }

  /**
   * The same under another name: the {@code :authority} of calls, and the name that the servers'
   * certificate must have. By default the target's.
   */
  public Upstream named(String authority) {
    return new Upstream(targets, credentials, proof, requireNonNull(authority, "authority"));
  }

  private static List<String> checked(List<String> targets) {
    if (targets.isEmpty() || targets.size() > MOST_TARGETS) {
      throw InvalidValue.of("targets", targets.size() + " of them", "1 to " + MOST_TARGETS);
    }
    if (targets.size() > 1) {
      targets.forEach(SeveralTargets::check);
    } else if (targets.get(0).isEmpty()) {
      throw InvalidValue.of("target", targets.get(0), "host:port, or a target of gRPC's");
    }
    return targets;
  }

  /** The one target that stands for all of them. */
  String target() {
    return targets.size() == 1 ? targets.get(0) : SeveralTargets.target(targets);
  }

  ChannelCredentials credentials() {
    return credentials;
  }

  Optional<String> authority() {
    return Optional.ofNullable(authority);
  }

  /** Whether the relay proves itself to it. */
  boolean hasOwnProof() {
    return proof != null;
  }

  /**
   * The options of calls to it.
   *
   * @param isCallerKnown whether it is known who made the call
   */
  CallOptions options(boolean isCallerKnown) {
    return proof == null || !isCallerKnown
        ? CallOptions.DEFAULT
        : CallOptions.DEFAULT.withCallCredentials(proof);
  }

  /** The targets alone. */
  @Override
  public String toString() {
    return "Upstream" + targets;
  }
}
