package dev.rolecall.benchmarks.mutual;

import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.pace.EchoCaller;
import dev.rolecall.tls.AttestedChannel;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A connection with its first call, one after another: a channel is made, it connects with a full
 * handshake, the call is answered. Keys and certificates are there before; making them is the work
 * of every ten minutes, not of a connection.
 *
 * @param rounds each with a batch of every kind, in an order that changes
 * @param batch how many connections a batch has
 */
record Handshakes(int rounds, int batch) {

  /** Long enough that the machine's noise is small against it. */
  private static final Duration DELAY = Duration.ofMillis(100);

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  void measure(Run run, MutualServers servers) {
    Rounds time = new Rounds();
    Rounds cpu = new Rounds();
    try (AttestedChannel known = servers.newClient()) {
      List<Kind> order = new ArrayList<>(List.of(Kind.values()));
      for (int round = -1; round < rounds; round++) {
        Collections.rotate(order, 1);
        for (Kind kind : order) {
          Batch measured = batch(kind, servers, known);
          if (round >= 0) {
            time.add(kind, measured.millis());
            cpu.add(kind, measured.cpuMicros());
          }
        }
      }
    }
    for (Kind kind : Kind.values()) {
      run.out()
          .printf(
              Locale.ROOT,
              "%-22s %6.2f ms and %,7.0f us CPU a connection, both ends%n",
              kind.title(),
              time.median(kind),
              cpu.median(kind));
    }
    run.figures().add("mutual_handshake_warm_ratio", time.ratio(Kind.WARM));
    run.figures().add("mutual_handshake_warm_cpu_ratio", cpu.ratio(Kind.WARM));
    run.figures().add("mutual_handshake_cold_ratio", time.ratio(Kind.COLD));
    run.figures().add("mutual_handshake_cold_cpu_ratio", cpu.ratio(Kind.COLD));
    run.figures().add("mutual_handshake_noise", time.noise());
    roundTrips(run, servers);
  }

  /** How many questions to STS a first sight waits for, one after another. */
  private void roundTrips(Run run, MutualServers servers) {
    double without = coldMillis(servers);
    long before = servers.stsCalls();
    servers.delaySts(DELAY);
    double with = coldMillis(servers);
    double waitedFor = (with - without) / DELAY.toMillis();
    double asked = (double) (servers.stsCalls() - before) / batch;
    run.out()
        .printf(
            Locale.ROOT,
            "first sight, STS %d ms away: %.1f ms, so it waits for %.2f of %.0f questions in turn%n",
            DELAY.toMillis(),
            with,
            waitedFor,
            asked);
    run.figures().add("mutual_handshake_cold_sts_round_trips", waitedFor);
    run.figures().add("mutual_handshake_cold_sts_calls", asked);
  }

  private double coldMillis(MutualServers servers) {
    List<AttestedChannel> strangers = strangers(servers);
    List<Double> millis =
        new ArrayList<>(
            strangers.stream()
                .map(client -> millis(servers.attested(), client.credentials()))
                .toList());
    strangers.forEach(AttestedChannel::close);
    return Rounds.median(millis);
  }

  private List<AttestedChannel> strangers(MutualServers servers) {
    List<AttestedChannel> strangers = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      strangers.add(servers.newClient());
    }
    return strangers;
  }

  private Batch batch(Kind kind, MutualServers servers, AttestedChannel known) {
    return switch (kind) {
      case PLAIN -> batch(servers.plain(), servers::plainClient);
      case PLAIN_AGAIN -> batch(servers.plainAgain(), servers::plainClient);
      case WARM -> batch(servers.attested(), () -> known.credentials());
      case COLD -> {
        List<AttestedChannel> strangers = strangers(servers);
        List<ChannelCredentials> left = new ArrayList<>();
        strangers.forEach(client -> left.add(client.credentials()));
        Batch measured = batch(servers.attested(), () -> left.remove(left.size() - 1));
        strangers.forEach(AttestedChannel::close);
        yield measured;
      }
    };
  }

  private Batch batch(EchoServer server, Supplier<ChannelCredentials> credentials) {
    OwnCpu before = OwnCpu.now();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      millis.add(millis(server, credentials.get()));
    }
    return new Batch(Rounds.median(millis), OwnCpu.now().microsSince(before) / batch);
  }

  private static double millis(EchoServer server, ChannelCredentials credentials) {
    long began = System.nanoTime();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port(), credentials)
            .directExecutor()
            .build();
    EchoCaller.on(channel, DEADLINE).callUntilAnswered();
    double millis = (System.nanoTime() - began) / 1e6;
    channel.shutdownNow();
    return millis;
  }

  /**
   * The time that a batch took.
   *
   * @param millis the median of its connections
   * @param cpuMicros the mean
   */
  private record Batch(double millis, double cpuMicros) {}
}
