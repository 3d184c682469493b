package dev.rolecall.proxy.envoy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Range;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The options of an {@link EnvoyChecker}. Not safe for use by several threads at once. */
public final class EnvoyCheckerBuilder {

  private static final int MOST_THREADS = 256;
  private static final int MOST_WAITING = 1_000_000;

  private final CheckerAddress address;
  private final Map<String, CheckedAudience> audiences = new LinkedHashMap<>();
  private @Nullable CheckedAudience ofOthers;
  private ClientAddress clientAddress = ClientAddress.peer();
  private boolean readsCertificates;
  private int threads = Runtime.getRuntime().availableProcessors();
  private int maxWaiting = 20_000;
  private @Nullable AccessRuntime runtime;

  EnvoyCheckerBuilder(CheckerAddress address) {
    this.address = requireNonNull(address, "address");
  }

  /**
   * Decides for that audience. At least one.
   *
   * @throws IllegalArgumentException if there is one of that name
   */
  public EnvoyCheckerBuilder audience(CheckedAudience audience) {
    if (audiences.putIfAbsent(audience.name().name(), audience) != null) {
      throw new IllegalArgumentException(
          "audience: " + audience.name() + " is given twice (expected: once)");
    }
    return this;
  }

  /**
   * Decides for that audience, and takes it for the audience of routes that name none. By default
   * the calls of such routes are denied. A client that is gRPC's own, which asks by the same
   * service (gRFC A92), names none.
   *
   * @throws IllegalArgumentException if there is one of that name
   * @throws IllegalStateException if there is a default audience already
   */
  public EnvoyCheckerBuilder defaultAudience(CheckedAudience audience) {
    if (ofOthers != null) {
      throw new IllegalStateException(
          "default audience: " + ofOthers.name() + " and " + audience.name() + " (expected: one)");
    }
    audience(audience);
    ofOthers = audience;
    return this;
  }

  /** The address that a call is taken to come from; by default {@link ClientAddress#peer}. */
  public EnvoyCheckerBuilder clientAddress(ClientAddress clientAddress) {
    this.clientAddress = requireNonNull(clientAddress, "clientAddress");
    return this;
  }

  /**
   * Takes the certificate that Envoy reports ({@code include_peer_certificate}) for one whose key
   * the client proved to hold. Only for a checker that nothing but Envoy can reach: any other could
   * report the certificate of any client. Who signed the certificate, the scheme verifies. By
   * default reported certificates are not read.
   */
  public EnvoyCheckerBuilder trustClientCertificatesThatEnvoyReports() {
    this.readsCertificates = true;
    return this;
  }

  /**
   * How many event loops do the work, each with a thread: 1 to 256, by default one for each
   * processor.
   *
   * @throws IllegalArgumentException if the number is out of that range
   */
  public EnvoyCheckerBuilder threads(int threads) {
    Range.check("threads", threads, 1, MOST_THREADS);
    this.threads = threads;
    return this;
  }

  /**
   * How many Checks may wait for an issuer at once: 1 to 1,000,000, by default 20,000. Further
   * calls are denied with {@code RESOURCE_EXHAUSTED}.
   *
   * @throws IllegalArgumentException if the number is out of that range
   */
  public EnvoyCheckerBuilder maxWaitingChecks(int checks) {
    Range.check("waiting checks", checks, 1, MOST_WAITING);
    this.maxWaiting = checks;
    return this;
  }

  /**
   * The clock, threads and telemetry; by default {@link AccessRuntime#ofDefaults}. The checker owns
   * it, and closes it.
   */
  public EnvoyCheckerBuilder runtime(AccessRuntime runtime) {
    this.runtime = requireNonNull(runtime, "runtime");
    return this;
  }

  /**
   * Starts the checker. It listens at once, and says that it serves once it is warm: a cold one
   * takes seconds for its first answer, and Envoy does not wait so long. Returns then.
   *
   * @throws IOException if it cannot listen on the address
   * @throws IllegalArgumentException if there is no audience
   * @throws IllegalStateException if the runtime that was given is another's, or the machine has no
   *     epoll, which a Unix socket needs
   */
  public EnvoyChecker start() throws IOException {
    AccessRuntime used = runtime == null ? AccessRuntime.ofDefaults() : runtime;
    Audiences checked = checked(used);
    used.own();
    String mark = UUID.randomUUID().toString();
    EventLoops loops = EventLoops.start(threads);
    CheckerServer server;
    try {
      server = CheckerServer.start(address, loops, checks(checked, used, loops.executor(), mark));
    } catch (IOException | RuntimeException e) {
      loops.close();
      used.close();
      throw e;
    }
    EnvoyChecker checker = new EnvoyChecker(server, loops, checked, used);
    checker.becomeReady(new WarmUp(checked, server, mark));
    return checker;
  }

  private Audiences checked(AccessRuntime used) {
    return new Audiences(
        audiences.values(),
        ofOthers,
        audience -> new AudienceChecks(audience, clientAddress, readsCertificates, used));
  }

  private Checks checks(Audiences checked, AccessRuntime used, Executor loops, String mark) {
    return new Checks(checked, used, maxWaiting, loops, mark);
  }
}
