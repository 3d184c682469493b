package dev.rolecall.cli.policy;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.connect.ServerProbe;
import dev.rolecall.cli.options.CallerOptions;
import dev.rolecall.cli.report.CallReport;
import dev.rolecall.cli.schema.ReflectedSchema;
import dev.rolecall.cli.schema.Schema;
import dev.rolecall.cli.schema.SchemaUnavailableException;
import dev.rolecall.identity.Audience;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The services of a server, as it describes them by reflection.
 *
 * @param server the server, {@code HOST:PORT}
 * @param audience the audience to ask with a proof for; without one, there is no proof
 * @param caller the caller that asks
 */
record ReflectedServices(String server, Optional<Audience> audience, CallerOptions caller) {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /**
   * Asks the server.
   *
   * @throws SchemaUnavailableException if it does not answer, or refuses to
   */
  List<ServiceDescriptor> all() {
    try (ClientEnd end =
        audience.map(name -> caller.end(name, server)).orElseGet(caller::endWithoutProofs)) {
      return end.over(
          server,
          channel ->
              new Schema(new ReflectedSchema(channel, end.callOptions().withDeadlineAfter(TIMEOUT)))
                  .services());
    }
  }

  /** Prints why there was no answer, and returns the exit status that says so. */
  int print(PrintWriter err, SchemaUnavailableException thrown) {
    return new CallReport(server, caller.security(), audience, caller.kind(), ServerProbe.TIMEOUT)
        .printOfReflection(err, thrown);
  }
}
