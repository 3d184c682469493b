package dev.rolecall.benchmarks.proxy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.compare.Calls;
import dev.rolecall.benchmarks.compare.Jvm;
import dev.rolecall.benchmarks.compare.Processes;
import dev.rolecall.benchmarks.compare.ThereAndBack;
import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.ProcessCpu;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.fleet.RunFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The service, an edge of each kind in front of it, and the one client of all of them. */
final class Edges implements AutoCloseable {

  /** What the processes have in common. */
  record Setting(RunFolder folder, RunCertificate certificate, URI sts, CallerKeys keys) {}

  /** An edge as the rounds see it. */
  private record At(String port, long pid) {}

  private static final Duration WARM_UP_SLICE = Duration.ofMillis(250);

  private final List<AutoCloseable> processes = new ArrayList<>();
  private final Map<Edge, At> edges = new EnumMap<>(Edge.class);
  private final ChildProcess client;

  private Edges(Setting setting, Path envoy)
      throws IOException, InterruptedException, GeneralSecurityException {
    List<String> certificate = List.of(setting.certificate().file().toString());
    ChildProcess upstream = ChildProcess.start(EdgeUpstream.class, Jvm.SMALL, certificate);
    processes.add(upstream);
    client =
        ChildProcess.start(
            EdgeClient.class, Jvm.SMALL, List.of(certificate.get(0), setting.sts().toString()));
    processes.add(client);
    client.ask("keys " + setting.keys().text());
    String port = upstream.ask("plain");
    ChildProcess relay = relay(setting, port);
    processes.add(relay);
    Envoy real = Envoy.start(envoy, setting.folder(), setting.certificate(), port);
    processes.add(real);
    edges.put(Edge.ENVOY, new At(real.port().orElseThrow(), real.pid()));
    edges.put(Edge.DIRECT, new At(upstream.ask("tls"), upstream.pid()));
    At relayed = new At(relay.ask("port"), relay.pid());
    edges.put(Edge.RELAY, relayed);
    edges.put(Edge.RELAY_AGAIN, relayed);
  }

  /** Starts a relay in front of that port. */
  static ChildProcess relay(Setting setting, String upstream) throws IOException {
    return ChildProcess.start(
        RelayProcess.class,
        Jvm.SMALL,
        List.of(setting.certificate().file().toString(), setting.sts().toString(), upstream));
  }

  /** Starts them, and calls each until it is warm. */
  static Edges start(Setting setting, Path envoy, long warmUpCalls)
      throws IOException, InterruptedException, GeneralSecurityException {
    Edges all = new Edges(setting, envoy);
    try {
      for (Edge each : all.edges.keySet()) {
        for (Traffic traffic : Traffic.values()) {
          all.warmUp(each, traffic, each == Edge.RELAY ? warmUpCalls : Plan.FEW_CALLS);
        }
      }
      return all;
    } catch (IOException | InterruptedException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /** Lone and large calls run much the same code, which is warm by then. */
  private void warmUp(Edge edge, Traffic traffic, long calls)
      throws IOException, InterruptedException {
    long enough = traffic == Traffic.SMALL ? calls : calls / 20;
    for (long made = 0; made < enough; ) {
      made += run(edge, traffic, WARM_UP_SLICE).count();
    }
  }

  /** One round of a kind of calls: each edge there and back. */
  void round(EdgeRounds rounds, Traffic traffic, Duration slice)
      throws IOException, InterruptedException {
    Map<Edge, Calls> calls = new EnumMap<>(Edge.class);
    Map<Edge, Long> cpu = new EnumMap<>(Edge.class);
    List<Edge> compared = new ArrayList<>(edges.keySet());
    if (traffic != Traffic.LONE) {
      compared.remove(Edge.DIRECT);
    }
    for (Edge each : ThereAndBack.of(compared)) {
      long pid = requireNonNull(edges.get(each)).pid();
      long before = ProcessCpu.nanos(pid);
      calls.merge(each, run(each, traffic, slice), Calls::plus);
      cpu.merge(each, ProcessCpu.nanos(pid) - before, Long::sum);
    }
    calls.forEach((each, made) -> rounds.add(traffic, each, made, requireNonNull(cpu.get(each))));
  }

  private Calls run(Edge edge, Traffic traffic, Duration time)
      throws IOException, InterruptedException {
    String port = requireNonNull(edges.get(edge)).port();
    return Calls.parse(
        client.ask("run " + port + " " + edge + " " + traffic + " " + time.toMillis()));
  }

  @Override
  public void close() {
    Processes.close(processes);
  }
}
