package dev.rolecall.benchmarks.load;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The process of a client: {@code LoadClient VARIANT CERTIFICATE STS PORT}. Wants to be told its
 * keys first ({@code keys ...}), so that they stand on no command line; then answers {@code run
 * SHAPE MILLISECONDS}, which it takes as long for, with calls, nanoseconds and what it used.
 */
final class LoadClient implements ChildCommands {

  private final Variant variant;
  private final URI sts;
  private final ManagedChannel channel;
  private @Nullable ClosedLoop loop;

  private LoadClient(Variant variant, URI sts, ManagedChannel channel) {
    this.variant = variant;
    this.sts = sts;
    this.channel = channel;
  }

  public static void main(String[] args) throws Exception {
    ChannelCredentials tls = RunCertificate.read(Path.of(args[1])).ofClient();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(args[3]), tls)
            .directExecutor()
            .build();
    try {
      new LoadClient(Variant.valueOf(args[0]), URI.create(args[2]), channel).serve();
    } finally {
      channel.shutdownNow();
    }
  }

  @Override
  public String answer(String command) throws InterruptedException {
    String[] words = command.split(" ", 2);
    if (words[0].equals("keys")) {
      loop = new ClosedLoop(channel, options(CallerKeys.parse(words[1])));
      return "";
    }
    ClosedLoop ready = loop;
    if (!words[0].equals("run") || ready == null) {
      throw new IllegalArgumentException("command: " + words[0] + " (expected: keys, then run)");
    }
    String[] what = words[1].split(" ", -1);
    Slice slice = ready.run(Shape.valueOf(what[0]), Duration.ofMillis(Long.parseLong(what[1])));
    return slice.calls() + " " + slice.nanos() + " " + slice.client().text();
  }

  private CallOptions options(CallerKeys keys) {
    return switch (variant) {
      case PLAIN, PLAIN_AGAIN -> CallOptions.DEFAULT;
      case ROLECALL, AUDITED ->
          CallOptions.DEFAULT.withCallCredentials(Orders.credentials(sts, keys).build());
      case BY_HAND ->
          CallOptions.DEFAULT.withCallCredentials(
              new ByHandCredentials(Orders.proofs(sts, keys).build()));
    };
  }
}
