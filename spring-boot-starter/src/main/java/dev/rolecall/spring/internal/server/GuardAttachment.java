package dev.rolecall.spring;

import dev.rolecall.guard.CallGuard;
import io.grpc.ServerBuilder;
import java.lang.System.Logger.Level;
import java.util.List;
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
final class GuardAttachment<T extends ServerBuilder<T>> implements ServerBuilderCustomizer<T> {

  private static final System.Logger LOG = System.getLogger("rolecall.spring");

  private final boolean open;
  private final Supplier<CallGuard> guard;
  private final Supplier<List<BehindGuard>> behind;

  GuardAttachment(boolean open, Supplier<CallGuard> guard, Supplier<List<BehindGuard>> behind) {
    this.open = open;
    this.guard = guard;
    this.behind = behind;
  }

  @Override
  public void customize(T builder) {
    if (open) {
      LOG.log(
          Level.WARNING,
          "a gRPC server starts without a guard: rolecall.server.unsafe-serve-without-guard");
      return;
    }
    behind.get().forEach(builder::intercept);
    builder.intercept(guard.get());
  }
}
