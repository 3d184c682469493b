package dev.rolecall.cli.console.call;

import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.console.answer.Face;
import dev.rolecall.cli.console.answer.FailedException;
import dev.rolecall.cli.console.answer.Failure;
import dev.rolecall.cli.failure.Causes;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.identity.Audience;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The console's end of the connection to one server, opened when it is first needed. Where there
 * are no AWS credentials to begin with, the console starts all the same and says so: each call
 * tries again.
 *
 * <p>Safe for use by many threads.
 */
public final class ServerEnd implements AutoCloseable {

  /**
   * A server by its names.
   *
   * @param address the server, as the user names it
   * @param audience the name that it goes by
   * @param security how its connection is to be secured
   * @param patience how long each call may take
   */
  public record Named(
      String address, Audience audience, ChannelSecurity security, Duration patience) {}

  private final Named named;
  private final Supplier<ClientEnd> opening;
  private @Nullable Opened opened;
  private boolean closed;

  private record Opened(ClientEnd end, ManagedChannel channel, CalledServer server) {}

  /**
   * Opens nothing yet.
   *
   * @param opening makes the client's end; may be asked again
   */
  public ServerEnd(Named named, Supplier<ClientEnd> opening) {
    this.named = named;
    this.opening = opening;
  }

  /**
   * Opens it, if there are credentials.
   *
   * @throws CommandFailure if the options contradict one another, or the server has no such name
   */
  public void tryNow() {
    try {
      var unused = open();
    } catch (CommandFailure e) {
      if (!isForWantOfCredentials(e)) {
        throw e;
      }
    }
  }

  private static boolean isForWantOfCredentials(CommandFailure failure) {
    return Causes.of(failure).anyMatch(ProofUnavailableException.class::isInstance);
  }

  /** The names of the server. */
  public Named named() {
    return named;
  }

  /**
   * The server, to be called.
   *
   * @throws FailedException if there are no credentials to call it with
   */
  public CalledServer called() {
    try {
      return open();
    } catch (CommandFailure e) {
      throw new FailedException(
          Failure.of(
              Face.SIGNED_OUT,
              "You are not signed in to AWS",
              String.valueOf(e.getMessage()),
              "Sign in, as by 'aws sso login', and try again."),
          e);
    }
  }

  private synchronized CalledServer open() {
    if (closed) {
      throw new CommandFailure("the console stops");
    }
    Opened known = opened;
    if (known == null) {
      known = opened(opening.get());
      opened = known;
    }
    return known.server();
  }

  private Opened opened(ClientEnd end) {
    try {
      ManagedChannel channel = end.channel(named.address());
      return new Opened(
          end,
          channel,
          new CalledServer(
              named.address(),
              named.audience(),
              named.security(),
              new CalledServer.Way(channel, end::callOptions, end::kind),
              named.patience()));
    } catch (CommandFailure e) {
      end.close();
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    Opened known = opened;
    opened = null;
    if (known != null) {
      known.channel().shutdownNow();
      known.end().close();
    }
  }
}
