package dev.rolecall.spring.internal.server;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.spring.internal.attested.AttestedBundle;
import dev.rolecall.spring.internal.setting.Setting;
import io.grpc.ServerBuilder;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * Attaches the guard to every server that Spring gRPC builds: Netty's, a servlet container's, one
 * in process.
 *
 * <p>At the builder, not as one of Spring's global interceptors: those are sorted by orders that
 * several may share, can be filtered, and leave out services added to the builder. What the builder
 * was given last runs first, and for every service.
 *
 * <p>The guard is asked for when a server is built and not before. So no condition has to find out
 * whether there will be one; an application that serves nothing needs no audience, and one that
 * serves cannot start without.
 */
public final class GuardAttachment<T extends ServerBuilder<T>>
    implements ServerBuilderCustomizer<T> {

  private static final System.Logger LOG = System.getLogger("rolecall.spring");
  private static final Setting OPEN = Setting.ofServer("unsafe-serve-without-guard");

  private final boolean open;
  private final Supplier<CallGuard> guard;
  private final Supplier<Optional<AttestedBundle>> attested;
  private final Supplier<List<BehindGuard>> behind;

  /**
   * An attachment for an application's servers.
   *
   * @param open whether they run without a guard
   * @param guard the guard
   * @param attested attested TLS, if the servers use it
   * @param behind what runs right behind the guard
   */
  public GuardAttachment(
      boolean open,
      Supplier<CallGuard> guard,
      Supplier<Optional<AttestedBundle>> attested,
      Supplier<List<BehindGuard>> behind) {
    this.open = open;
    this.guard = guard;
    this.attested = attested;
    this.behind = behind;
  }

  @Override
  public void customize(T builder) {
    if (open) {
      requireNoAttestedTls();
      LOG.log(Level.WARNING, "a gRPC server starts without a guard: {0}", OPEN.name());
      return;
    }
    behind.get().forEach(builder::intercept);
    attested
        .get()
        .filter(tls -> !isInProcess(builder))
        .ifPresentOrElse(tls -> tls.attachTo(builder), () -> builder.intercept(guard.get()));
  }

  private void requireNoAttestedTls() {
    if (attested.get().isPresent()) {
      throw OPEN.invalid(
          "true, with rolecall.server.attested-tls.enabled", "one of the two at most");
    }
  }

  /** No TLS, and so no certificate: calls bring their proofs. */
  private static boolean isInProcess(ServerBuilder<?> builder) {
    return builder.getClass().getName().startsWith("io.grpc.inprocess.");
  }
}
