package dev.rolecall.benchmarks.load;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.ChildProcess;
import dev.rolecall.benchmarks.fleet.ProcessUsage;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The server and the client process of one variant. */
final class Station implements AutoCloseable {

  /** A heap of one size, and compiler threads that stay: neither grows nor ends in a run. */
  private static final List<String> STEADY =
      List.of("-Xms256m", "-Xmx256m", "-XX:-UseDynamicNumberOfCompilerThreads");

  private final ChildProcess server;
  private final ChildProcess client;

  private Station(ChildProcess server, ChildProcess client) {
    this.server = server;
    this.client = client;
  }

  /** Starts both, and has the client connect. */
  static Station start(Variant variant, RunCertificate certificate, URI sts, CallerKeys keys)
      throws IOException, InterruptedException {
    requireNonNull(variant, "variant");
    List<String> common = List.of(variant.name(), certificate.file().toString(), sts.toString());
    ChildProcess server = ChildProcess.start(LoadServer.class, STEADY, common);
    ChildProcess client = null;
    try {
      String port = server.ask("port");
      client =
          ChildProcess.start(
              LoadClient.class, STEADY, List.of(common.get(0), common.get(1), common.get(2), port));
      client.ask("keys " + keys.text());
      return new Station(server, client);
    } catch (IOException | InterruptedException e) {
      if (client != null) {
        client.close();
      }
      server.close();
      throw e;
    }
  }

  /** Calls for that long. */
  Slice run(Shape shape, Duration duration) throws IOException, InterruptedException {
    ProcessUsage before = ProcessUsage.parse(server.ask("usage"));
    String[] answer = client.ask("run " + shape.name() + " " + duration.toMillis()).split(" ", 3);
    ProcessUsage used = ProcessUsage.parse(server.ask("usage")).since(before);
    return new Slice(
        Long.parseLong(answer[0]), Long.parseLong(answer[1]), ProcessUsage.parse(answer[2]), used);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
