package dev.rolecall.testing;

import dev.rolecall.guard.CallGuard;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A guarded server in this process, and a channel to it. */
final class InProcessServer implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Server server;
  private final ManagedChannel channel;

  private InProcessServer(Server server, ManagedChannel channel) {
    this.server = server;
    this.channel = channel;
  }

  static InProcessServer start(CallGuard guard, List<BindableService> services) {
    String name = InProcessServerBuilder.generateName();
    InProcessServerBuilder server = InProcessServerBuilder.forName(name).intercept(guard);
    services.forEach(server::addService);
    try {
      return new InProcessServer(
          server.build().start(), InProcessChannelBuilder.forName(name).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Channel channel() {
    return channel;
  }

  /** Cancels what calls there are, and waits for both ends for a minute at most. */
  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    try {
      if (!channel.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)
          || !server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "a call still runs "
                + PATIENCE_SECONDS
                + " s after its server was stopped (expected: handlers that end when cancelled)");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
