package dev.rolecall.benchmarks.mutual;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.ProcessUsage;
import dev.rolecall.benchmarks.pace.ClosedLoop;
import dev.rolecall.benchmarks.pace.EchoCaller;
import dev.rolecall.tls.AttestedChannel;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A unary call on a connection that stands: calls a second with 64 in flight, and CPU and heap
 * allocation of both ends together, which share this process.
 *
 * @param rounds each with a slice of every kind, in an order that changes
 * @param slice how long one is
 */
record PerCall(int rounds, Duration slice) {

  private static final int IN_FLIGHT = 64;
  private static final int WARM_UP = 2;
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  void measure(Run run, MutualServers servers) throws InterruptedException {
    try (AttestedChannel client = servers.newClient()) {
      Map<Kind, ManagedChannel> channels = new EnumMap<>(Kind.class);
      channels.put(Kind.PLAIN, channel(servers.plain(), servers.plainClient()));
      channels.put(Kind.PLAIN_AGAIN, channel(servers.plainAgain(), servers.plainClient()));
      channels.put(Kind.WARM, channel(servers.attested(), client.credentials()));
      try {
        measure(run, channels);
      } finally {
        channels.values().forEach(ManagedChannel::shutdownNow);
      }
    }
  }

  private static ManagedChannel channel(EchoServer server, ChannelCredentials credentials) {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.port(), credentials)
        .directExecutor()
        .build();
  }

  private void measure(Run run, Map<Kind, ManagedChannel> channels) throws InterruptedException {
    Rounds perSecond = new Rounds();
    Rounds cpu = new Rounds();
    Rounds allocated = new Rounds();
    List<Kind> order = new ArrayList<>(channels.keySet());
    for (int round = -WARM_UP; round < rounds; round++) {
      Collections.rotate(order, 1);
      for (Kind kind : order) {
        EchoCaller caller = EchoCaller.on(requireNonNull(channels.get(kind)), DEADLINE);
        caller.callUntilAnswered();
        ProcessUsage before = ProcessUsage.now();
        ClosedLoop.Outcome made = ClosedLoop.run(Collections.nCopies(IN_FLIGHT, caller), slice);
        ProcessUsage used = ProcessUsage.now().since(before);
        if (round >= 0) {
          perSecond.add(kind, made.perSecond());
          cpu.add(kind, used.cpuNanos() / 1e3 / made.calls());
          allocated.add(kind, (double) used.allocatedBytes() / made.calls());
        }
      }
    }
    for (Kind kind : channels.keySet()) {
      run.out()
          .printf(
              Locale.ROOT,
              "%-22s %,9.0f calls/s, %6.1f us CPU and %,8.0f bytes a call, both ends%n",
              kind.title(),
              perSecond.median(kind),
              cpu.median(kind),
              allocated.median(kind));
    }
    run.figures().add("mutual_calls_per_second_ratio", perSecond.ratio(Kind.WARM));
    run.figures().add("mutual_cpu_ratio", cpu.ratio(Kind.WARM));
    run.figures().add("mutual_alloc_added_bytes", allocated.added(Kind.WARM));
    run.figures().add("mutual_noise", perSecond.noise());
  }
}
