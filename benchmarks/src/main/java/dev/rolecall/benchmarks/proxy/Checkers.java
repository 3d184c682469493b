package dev.rolecall.benchmarks.proxy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.compare.Calls;
import dev.rolecall.benchmarks.compare.Jvm;
import dev.rolecall.benchmarks.compare.Processes;
import dev.rolecall.benchmarks.compare.Rounds;
import dev.rolecall.benchmarks.compare.ThereAndBack;
import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.OtherProgram;
import dev.rolecall.benchmarks.fleet.ProcessCpu;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A server of each kind of external authorization, and the one client of all of them. */
final class Checkers implements AutoCloseable {

  /** What the processes of a fleet have in common. */
  record Setting(Path credentials, URI sts, Path errors, Optional<OpaProgram> opa) {}

  /** A server as the rounds see it. */
  private record Server(String port, long pid) {}

  /** Long enough for the kernel's steps of 10 ms. */
  private static final Duration WARM_UP_SLICE = Duration.ofSeconds(1);

  private static final int MOST = 10;
  private static final int LEAST_SHARE = 20;

  private final List<AutoCloseable> processes = new ArrayList<>();
  private final Map<Checking, Server> servers = new EnumMap<>(Checking.class);
  private final ChildProcess client;

  private Checkers(Setting setting) throws IOException, InterruptedException {
    Map<Checking, ChildProcess> java = new EnumMap<>(Checking.class);
    for (Checking each : List.of(Checking.ROLECALL, Checking.TRIVIAL)) {
      ChildProcess process =
          ChildProcess.start(
              CheckServer.class, Jvm.SMALL, List.of(each.name(), setting.sts().toString()));
      processes.add(process);
      java.put(each, process);
    }
    client =
        ChildProcess.start(CheckClient.class, Jvm.SMALL, List.of(setting.credentials().toString()));
    processes.add(client);
    if (setting.opa().isPresent()) {
      OtherProgram opa = setting.opa().get().start(setting.errors());
      processes.add(opa);
      servers.put(Checking.OPA, new Server(opa.firstLine(), opa.pid()));
    }
    for (Map.Entry<Checking, ChildProcess> each : java.entrySet()) {
      ChildProcess process = each.getValue();
      servers.put(each.getKey(), new Server(process.ask("port"), process.pid()));
    }
    servers.put(Checking.ROLECALL_AGAIN, requireNonNull(servers.get(Checking.ROLECALL)));
  }

  /** Starts them, has each caller allowed once, and calls each until it is warm. */
  static Checkers start(Setting setting, long warmUpCalls)
      throws IOException, InterruptedException {
    Checkers all = new Checkers(setting);
    try {
      Map<Checking, Server> once = new EnumMap<>(all.servers);
      once.remove(Checking.ROLECALL_AGAIN);
      all.client.ask(
          "prime " + once.values().stream().map(Server::port).collect(Collectors.joining(" ")));
      for (Map.Entry<Checking, Server> each : once.entrySet()) {
        all.warmUp(each.getValue(), each.getKey() == Checking.OPA ? Plan.FEW_CALLS : warmUpCalls);
      }
      return all;
    } catch (IOException | InterruptedException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /**
   * Calls a server so often, and then until its compilers rest: what they do is no cost of a Check.
   * At most ten times so often.
   */
  private void warmUp(Server server, long calls) throws IOException, InterruptedException {
    boolean rests = false;
    for (long made = 0; made < calls || (!rests && made < MOST * calls); ) {
      long cpu = ProcessCpu.nanos(server.pid());
      long compilers = ProcessCpu.compilerNanos(server.pid());
      made += run(server, WARM_UP_SLICE).count();
      rests =
          (ProcessCpu.compilerNanos(server.pid()) - compilers) * LEAST_SHARE
              <= ProcessCpu.nanos(server.pid()) - cpu;
    }
  }

  /** One round: each server there and back, so that what drifts meanwhile cancels out. */
  void round(Rounds<Checking> cpuMicros, Duration slice) throws IOException, InterruptedException {
    List<Checking> order = ThereAndBack.of(servers.keySet());
    Map<Checking, Calls> calls = new EnumMap<>(Checking.class);
    Map<Checking, Long> cpu = new EnumMap<>(Checking.class);
    for (Checking each : order) {
      Server server = requireNonNull(servers.get(each));
      long before = ProcessCpu.nanos(server.pid());
      calls.merge(each, run(server, slice), Calls::plus);
      cpu.merge(each, ProcessCpu.nanos(server.pid()) - before, Long::sum);
    }
    calls.forEach(
        (each, made) -> cpuMicros.add(each, requireNonNull(cpu.get(each)) / 1e3 / made.count()));
  }

  private Calls run(Server server, Duration time) throws IOException, InterruptedException {
    return Calls.parse(client.ask("run " + server.port() + " " + time.toMillis()));
  }

  @Override
  public void close() {
    Processes.close(processes);
  }
}
