package dev.rolecall.benchmarks.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.OneClock;
import dev.rolecall.grants.Staleness;
import dev.rolecall.stsemulator.StsEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The processes of enforcers, and of the clients that hold streams at them. Each process of clients
 * has an equal part of the enforcers, and one connection to each of those. For one thread.
 */
final class Fleet implements AutoCloseable {

  private static final List<String> HEAP = List.of("-Xmx1g");
  private static final int PER_CLIENT = Sizes.ENFORCERS / Sizes.CLIENT_PROCESSES;

  private final List<ChildProcess> enforcers = new ArrayList<>();
  private final List<ChildProcess> clients = new ArrayList<>();
  private final CallerKeys role;

  private Fleet(CallerKeys role) {
    this.role = requireNonNull(role, "role");
  }

  /**
   * Starts the processes, without servers and streams yet.
   *
   * @param certificate the file of the certificate
   */
  static Fleet start(Path certificate, StsEmulator sts) throws IOException, InterruptedException {
    Fleet fleet = new Fleet(Corp.enforcer(sts));
    String file = certificate.toString();
    String endpoint = sts.endpoint().toString();
    try {
      for (int i = 0; i < Sizes.ENFORCER_PROCESSES; i++) {
        String first = Integer.toString(i * Sizes.SERVERS_PER_PROCESS);
        fleet.enforcers.add(
            ChildProcess.start(Enforcers.class, HEAP, List.of(file, endpoint, first)));
      }
      for (int i = 0; i < Sizes.CLIENT_PROCESSES; i++) {
        fleet.clients.add(ChildProcess.start(Streams.class, HEAP, List.of(file, endpoint)));
      }
      for (ChildProcess each : fleet.enforcers) {
        OneClock.check(each);
      }
      for (ChildProcess each : fleet.clients) {
        OneClock.check(each);
      }
      return fleet;
    } catch (IOException | InterruptedException | RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  /** Has a push server's clients wait in the enforcers' processes. */
  void listen(Pushes pushes) {
    var unused = all(enforcers, Enforcers.LISTEN + " " + pushes.port());
    pushes.awaitClients(Sizes.ENFORCERS);
  }

  /** When each client had that push. */
  List<Long> pushed(long number) {
    return all(enforcers, Enforcers.PUSHED + " " + number).stream()
        .flatMap(line -> Arrays.stream(line.split(" ")))
        .map(Long::valueOf)
        .toList();
  }

  /** Makes a caller known to all clients. */
  void know(String name, CallerKeys keys) {
    var unused = all(clients, Streams.CALLER + " " + name + " " + keys.text());
  }

  /** Starts enforcers that follow those feeds, and connects the clients to them. */
  void follow(String feeds, Staleness staleness) {
    String start = String.join(" ", Enforcers.START, staleness.name(), feeds, role.text());
    List<String> ports =
        all(enforcers, start).stream().flatMap(line -> Arrays.stream(line.split(" "))).toList();
    var unused =
        all(
            clients,
            client -> {
              int from = clients.indexOf(client) * PER_CLIENT;
              return Streams.CONNECT
                  + " "
                  + String.join(" ", ports.subList(from, from + PER_CLIENT));
            });
  }

  /** Ends the enforcers, and with them what is left of streams. */
  void stop() {
    var unused = all(enforcers, Enforcers.STOP);
  }

  /** Opens so many silent streams of a caller at each enforcer. */
  void hold(String caller, int count) {
    var unused = all(clients, Streams.HOLD + " " + caller + " " + count);
  }

  /** Opens so many streams of a caller at each enforcer that tick. */
  void tick(String caller, int count) {
    var unused = all(clients, Streams.TICK + " " + caller + " " + count);
  }

  /** Waits so long at most until all streams of a caller have ended, and says how they did. */
  Ended ended(String caller, Duration patience) {
    return all(clients, Streams.ENDED + " " + caller + " " + patience.toMillis()).stream()
        .map(Ended::parse)
        .reduce(Ended.none(), Ended::and);
  }

  private static List<String> all(List<ChildProcess> processes, String command) {
    return all(processes, unused -> command);
  }

  /** Asks all at once; the answers are in the order of the processes. */
  private static List<String> all(
      List<ChildProcess> processes, Function<ChildProcess, String> command) {
    List<CompletableFuture<String>> answers =
        processes.stream()
            .map(
                each -> {
                  CompletableFuture<String> answer = new CompletableFuture<>();
                  Thread asking =
                      new Thread(() -> ask(each, command.apply(each), answer), "asking");
                  asking.setDaemon(true);
                  asking.start();
                  return answer;
                })
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static void ask(ChildProcess process, String command, CompletableFuture<String> answer) {
    try {
      answer.complete(process.ask(command));
    } catch (IOException e) {
      answer.completeExceptionally(new UncheckedIOException(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.completeExceptionally(e);
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    clients.forEach(ChildProcess::close);
    enforcers.forEach(ChildProcess::close);
  }
}
