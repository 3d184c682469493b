package dev.rolecall.benchmarks.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.fleet.OneClock;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.client.IamCallCredentials;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process of clients: one connection to each of its enforcers, and the streams on them. */
final class Streams implements ChildCommands {

  /** {@code connect PORT ...}: connects to those enforcers, in the place of the last ones. */
  static final String CONNECT = "connect";

  /** {@code caller NAME KEYS}: makes a caller known. */
  static final String CALLER = "caller";

  /** {@code hold CALLER COUNT}: opens so many streams at each enforcer, which stay silent. */
  static final String HOLD = "hold";

  /** {@code tick CALLER COUNT}: the same of streams that tick. */
  static final String TICK = "tick";

  /** {@code ended CALLER MILLIS}: waits so long, answers {@link Ended}, and forgets the streams. */
  static final String ENDED = "ended";

  private final RunCertificate certificate;
  private final URI sts;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final Map<String, CallOptions> callers = new HashMap<>();
  private final Map<String, StreamGroup> groups = new HashMap<>();

  private Streams(RunCertificate certificate, URI sts) {
    this.certificate = requireNonNull(certificate, "certificate");
    this.sts = requireNonNull(sts, "sts");
  }

  public static void main(String[] arguments) throws Exception {
    Terminal.showWarningsOnly();
    new Streams(RunCertificate.read(Path.of(arguments[0])), URI.create(arguments[1])).serve();
    System.exit(0);
  }

  @Override
  public String answer(String command) throws Exception {
    String[] words = command.split(" ", -1);
    return switch (words[0]) {
      case OneClock.COMMAND -> OneClock.answer();
      case CONNECT -> connect(words);
      case CALLER -> know(words[1], command.substring(CALLER.length() + words[1].length() + 2));
      case HOLD -> open(words[1], Integer.parseInt(words[2]), HeldStreams.HOLD);
      case TICK -> open(words[1], Integer.parseInt(words[2]), HeldStreams.TICK);
      case ENDED -> ended(words[1], Duration.ofMillis(Long.parseLong(words[2])));
      default -> throw new IllegalArgumentException("command: " + words[0]);
    };
  }

  private String connect(String[] words) throws Exception {
    channels.forEach(ManagedChannel::shutdownNow);
    channels.clear();
    groups.clear();
    for (int i = 1; i < words.length; i++) {
      channels.add(
          NettyChannelBuilder.forAddress(
                  "127.0.0.1", Integer.parseInt(words[i]), certificate.ofClient())
              .directExecutor()
              .build());
    }
    return Integer.toString(channels.size());
  }

  private String know(String name, String keys) {
    IamCallCredentials credentials = Orders.credentials(sts, CallerKeys.parse(keys)).build();
    callers.put(name, CallOptions.DEFAULT.withCallCredentials(credentials));
    return name;
  }

  private String open(String name, int count, MethodDescriptor<byte[], byte[]> method)
      throws InterruptedException {
    CallOptions options = callers.get(name);
    if (options == null) {
      throw new IllegalArgumentException("caller: " + name + " (expected: one that is known)");
    }
    StreamGroup group = groups.computeIfAbsent(name, unused -> new StreamGroup());
    for (ManagedChannel channel : channels) {
      group.open(channel, options, method, count);
    }
    return Integer.toString(count * channels.size());
  }

  private String ended(String name, Duration patience) throws InterruptedException {
    StreamGroup group = groups.remove(name);
    return (group == null ? Ended.none() : group.awaitEnded(patience)).text();
  }
}
