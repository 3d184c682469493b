package dev.rolecall.benchmarks.proxy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.compare.CallLoop;
import dev.rolecall.benchmarks.compare.Calls;
import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.Echo;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.grants.HeldStreams;
import dev.rolecall.benchmarks.grants.StreamGroup;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The process of the clients, all of one role, over TLS: {@code EdgeClient CERTIFICATE STS}. Wants
 * to be told its keys first ({@code keys ...}), so that they stand on no command line. Answers
 * {@code run PORT EDGE TRAFFIC MILLISECONDS} with calls and nanoseconds, {@code hold PORT
 * CONNECTIONS STREAMS} when so many more streams on each are admitted, and {@code ended} with how
 * all of them ended.
 */
final class EdgeClient implements ChildCommands {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChannelCredentials tls;
  private final URI sts;
  private final Map<String, List<ManagedChannel>> channels = new HashMap<>();
  private StreamGroup streams = new StreamGroup();
  private @Nullable CallOptions proving;

  private EdgeClient(ChannelCredentials tls, URI sts) {
    this.tls = tls;
    this.sts = sts;
  }

  public static void main(String[] arguments) throws Exception {
    EdgeClient client =
        new EdgeClient(
            RunCertificate.read(Path.of(arguments[0])).ofClient(), URI.create(arguments[1]));
    client.serve();
    client.channels.values().forEach(some -> some.forEach(ManagedChannel::shutdownNow));
    System.exit(0);
  }

  @Override
  public String answer(String command) throws InterruptedException {
    String[] words = command.split(" ", 2);
    String[] what = words[words.length - 1].split(" ", -1);
    return switch (words[0]) {
      case "keys" -> {
        proving =
            CallOptions.DEFAULT.withCallCredentials(
                Orders.credentials(sts, CallerKeys.parse(words[1])).build());
        yield "";
      }
      case "run" ->
          run(
                  what[0],
                  Edge.valueOf(what[1]),
                  Traffic.valueOf(what[2]),
                  Duration.ofMillis(Long.parseLong(what[3])))
              .text();
      case "hold" -> {
        for (ManagedChannel each : channels(what[0], Integer.parseInt(what[1]))) {
          streams.open(each, options(Edge.RELAY), HeldStreams.HOLD, Integer.parseInt(what[2]));
        }
        yield "";
      }
      case "ended" -> {
        String ended = streams.awaitEnded(PATIENCE).text();
        streams = new StreamGroup();
        yield ended;
      }
      default -> throw new IllegalArgumentException("command: " + words[0]);
    };
  }

  private Calls run(String port, Edge edge, Traffic traffic, Duration time)
      throws InterruptedException {
    byte[] message = new byte[traffic.bytes()];
    return new CallLoop(
            channels(port, traffic.connections()),
            Echo.SAY,
            options(edge),
            answer -> answer.length == message.length)
        .run(traffic.inFlight(), () -> message, time);
  }

  private CallOptions options(Edge edge) {
    return edge.isGuarded() ? requireNonNull(proving, "keys") : CallOptions.DEFAULT;
  }

  /** The same ones each time. */
  private List<ManagedChannel> channels(String port, int count) {
    return channels.computeIfAbsent(
        port + " " + count, absent -> Stream.generate(() -> channel(port)).limit(count).toList());
  }

  private ManagedChannel channel(String port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(port), tls)
        .directExecutor()
        .build();
  }
}
