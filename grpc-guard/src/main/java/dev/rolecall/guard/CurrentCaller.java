package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import io.grpc.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The verified caller of the call that this thread works for, as a handler reads it.
 *
 * <p>It lives in gRPC's {@link Context}, so it follows the work to another thread wherever the
 * context does: {@code Context.currentContextExecutor(executor)}, {@code
 * Context.current().wrap(task)}.
 */
public final class CurrentCaller {

  private static final Context.Key<Caller> KEY = Context.key("rolecall-caller");

  private CurrentCaller() {}

  /**
   * The caller.
   *
   * @throws IllegalStateException if there is none: the method is public, no guard stands before
   *     this code, the thread does not work for a call, or the context was lost on the way to it;
   *     the message says which it may be
   */
  public static Caller get() {
    @Nullable Caller caller = KEY.get();
    if (caller == null) {
      throw new IllegalStateException(why());
    }
    return caller;
  }

  private static String why() {
    return Context.current() == Context.ROOT
        ? "no caller: this thread works for no call (expected: a handler's thread, or a task"
            + " wrapped in the handler's io.grpc.Context)"
        : "no caller: no CallGuard has admitted this call (expected: a method that is"
            + " not public, behind a guard that was attached to the server last, so that it is"
            + " called first; find() where calls are admitted and recorded instead of refused)";
  }

  /** The caller; empty in a public method and on a thread that does not work for a call. */
  public static Optional<Caller> find() {
    return Optional.ofNullable(KEY.get());
  }

  /**
   * A context in which {@code caller} is the caller. The guard makes such contexts; in a test of
   * your own handler, so may you.
   */
  public static Context in(Context context, Caller caller) {
    return context.withValue(KEY, requireNonNull(caller, "caller"));
  }

  /** A context without a caller, whatever the one it is made from says. */
  static Context without(Context context) {
    return KEY.get(context) == null ? context : cleared(context);
  }

  @SuppressWarnings("NullAway") // a context's value may be null, which gRPC does not annotate
  private static Context cleared(Context context) {
    return context.withValue(KEY, null);
  }
}
