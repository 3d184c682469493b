package dev.rolecall.benchmarks.flood;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.ProcessUsage;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.benchmarks.pace.CallTimes;
import dev.rolecall.benchmarks.pace.ClosedLoop;
import dev.rolecall.benchmarks.pace.EchoCaller;
import dev.rolecall.benchmarks.pace.Newcomer;
import dev.rolecall.benchmarks.pace.Pause;
import dev.rolecall.benchmarks.pace.SteadyCalls;
import dev.rolecall.stsemulator.StsEmulator;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Two servers, a flood for one of them at a time, and honest callers beside it. For one thread. */
final class Flood implements AutoCloseable {

  private static final int HONEST_PER_SECOND = 500;
  private static final int NEWCOMERS_PER_SECOND = 5;
  private static final int WARMING_PER_SECOND = 2_000;
  private static final int STRANGERS_PER_SECOND = 500;
  private static final Duration WARMING = Duration.ofSeconds(4);
  private static final double IDLE_COMPILERS = 0.1;
  private static final Duration SETTLING = Duration.ofSeconds(1);
  private static final String PASSWORD = "Bearer of the benchmark";

  private final StsEmulator sts;
  private final ChildProcess servers;
  private final ChildProcess attackers;
  private final Target guarded;
  private final Target refusing;

  /**
   * Starts the servers.
   *
   * @param servers runs {@link FloodedServers}
   * @param attackers runs {@link Attackers}
   */
  Flood(RunCertificate certificate, StsEmulator sts, ChildProcess servers, ChildProcess attackers)
      throws IOException, InterruptedException, GeneralSecurityException {
    this.sts = requireNonNull(sts, "sts");
    this.servers = requireNonNull(servers, "servers");
    this.attackers = requireNonNull(attackers, "attackers");
    int guardedPort = port(FloodedServers.GUARDED + " " + sts.endpoint());
    int refusingPort = port(FloodedServers.REFUSING + " " + PASSWORD);
    this.guarded = Target.guarded(guardedPort, certificate, sts);
    this.refusing = Target.refusing(refusingPort, certificate, new Password(PASSWORD));
  }

  private int port(String command) throws IOException, InterruptedException {
    return Integer.parseInt(servers.ask(command));
  }

  /** The server behind a guard. */
  Target guarded() {
    return guarded;
  }

  /** The server that refuses at once. */
  Target refusing() {
    return refusing;
  }

  /**
   * Honest calls at a steady pace well below what a server can do: the flood takes CPU from them
   * whatever refuses it, and its senders, on a small machine, take more. Who is starved by a limit
   * shows all the same.
   *
   * @param forged how many a second beside them; may be 0
   */
  Phase steady(Target target, int forged, Duration time) throws Exception {
    aim(target);
    int seconds = (int) time.toSeconds();
    List<Newcomer> strangers = target.newcomers(NEWCOMERS_PER_SECOND * (seconds + 1));
    long refusedBefore = sts.requests().refused();
    begin(forged);
    ProcessUsage before = usage();
    long began = System.nanoTime();
    SteadyCalls known = SteadyCalls.start(HONEST_PER_SECOND, target.callers());
    SteadyCalls newcomers = SteadyCalls.start(NEWCOMERS_PER_SECOND, strangers);
    Pause.of(time);
    CallTimes ofKnown = known.stop();
    CallTimes ofNewcomers = newcomers.stop();
    double cores = (double) usage().since(before).cpuNanos() / (System.nanoTime() - began);
    Attackers.Outcome flood = cease(forged, time);
    long refused = sts.requests().refused() - refusedBefore;
    return new Phase(ofKnown, ofNewcomers, flood, cores, refused);
  }

  /** Honest calls a second, as fast as they go, and the flood that was beside them. */
  Race race(Target target, int forged, Duration time) throws Exception {
    aim(target);
    begin(forged);
    List<EchoCaller> twice =
        Stream.concat(target.patientCallers().stream(), target.patientCallers().stream()).toList();
    double perSecond = ClosedLoop.run(twice, time).perSecond();
    return new Race(perSecond, cease(forged, time));
  }

  /** The outcome of {@link #race}. */
  record Race(double honestPerSecond, Attackers.Outcome flood) {}

  /**
   * Floods the server, and has callers it does not know call it, until its compilers have little
   * left to do or the time is over; says what share of a core they had at last. A server that has
   * run for an hour has compiled what a flood needs. To compile it takes half of a core for a
   * minute here, where two have to do for all, and more for the server that does more; so a flood
   * at once would measure compilers. This one is a flood that the machine bears meanwhile. The
   * unknown callers are many, since a verifier admits a few hundred look-ups a second of forged
   * proofs, and what each takes would be interpreted for a minute.
   */
  double warmUp(Target target, Duration atMost) throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    double compilers;
    do {
      long began = System.nanoTime();
      long before = compilingMillis();
      aim(target);
      begin(WARMING_PER_SECOND);
      SteadyCalls strangers =
          SteadyCalls.start(
              STRANGERS_PER_SECOND,
              target.strangers(STRANGERS_PER_SECOND * (int) WARMING.toSeconds()));
      Pause.of(WARMING);
      strangers.stop();
      cease(WARMING_PER_SECOND, WARMING);
      compilers = (compilingMillis() - before) * 1e6 / (System.nanoTime() - began);
    } while (compilers > IDLE_COMPILERS && System.nanoTime() - end < 0);
    return compilers;
  }

  private long compilingMillis() throws IOException, InterruptedException {
    return Long.parseLong(servers.ask(FloodedServers.COMPILING));
  }

  private void aim(Target target) throws IOException, InterruptedException {
    CallerKeys stolen = CallerKeys.of(sts.addRole(Orders.CHECKOUT));
    String proof = Orders.bearerProof(sts.endpoint(), stolen).text();
    attackers.ask(Attackers.AIM + " " + target.port() + " " + proof);
    Pause.of(SETTLING);
  }

  private void begin(int forged) throws IOException, InterruptedException {
    if (forged > 0) {
      attackers.ask(Attackers.FLOOD + " " + forged);
      Pause.of(SETTLING);
    }
  }

  private Attackers.Outcome cease(int forged, Duration time)
      throws IOException, InterruptedException {
    return forged > 0
        ? Attackers.Outcome.parse(attackers.ask(Attackers.CEASE))
        : Attackers.Outcome.calm(time);
  }

  private ProcessUsage usage() throws IOException, InterruptedException {
    return ProcessUsage.parse(servers.ask(FloodedServers.USAGE));
  }

  @Override
  public void close() {
    guarded.close();
    refusing.close();
  }
}
