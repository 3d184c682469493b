package dev.rolecall.cli.access.client;

import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.BearerOptions;
import dev.rolecall.cli.options.CallerOptions;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.options.TimeoutOption;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.identity.Audience;
import io.grpc.MethodDescriptor;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options of a command that calls the access service: the service, and the caller. One mix-in,
 * so that every command spells them alike.
 */
public final class AccessOptions {

  @Option(
      names = "--server",
      required = true,
      paramLabel = "HOST:PORT",
      description = "The access service.")
  String server;

  @Option(
      names = "--audience",
      defaultValue = "access",
      paramLabel = "NAME",
      description = "The name that the access service goes by. Default: ${DEFAULT-VALUE}.")
  Audience audience;

  @ArgGroup(exclusive = true)
  @Nullable BearerOptions tokens;

  @Mixin TimeoutOption timeout;

  @Mixin CallerOptions caller;

  @Mixin JsonOption json;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /**
   * Has a conversation with the service. A call that fails is reported, and ends it.
   *
   * @return the exit status: that of the conversation, or of the call that failed
   * @throws CommandFailure if the options contradict one another
   */
  public int run(ToIntFunction<AccessCalls> conversation) {
    Duration patience = timeout();
    try (ClientEnd end = end()) {
      return end.over(
          server,
          channel -> {
            try {
              return conversation.applyAsInt(new AccessCalls(channel, end::callOptions, patience));
            } catch (AccessCallException e) {
              return new AccessReport(server, caller.security(), audience, end.kind())
                  .print(err(), e);
            } finally {
              out().flush();
            }
          });
    }
  }

  /** Prints an answer of the service, for people or as JSON. */
  @FunctionalInterface
  public interface View<R> {
    void print(PrintWriter out, R answer, boolean isJson);
  }

  /**
   * Makes one call and prints its answer.
   *
   * @return the exit status: 0, or that of the call that failed
   * @throws CommandFailure if the options contradict one another
   */
  public <Q, R> int print(MethodDescriptor<Q, R> method, Q request, View<? super R> view) {
    return run(
        calls -> {
          view.print(out(), calls.send(method, request), isJson());
          return ExitStatus.YES;
        });
  }

  private ClientEnd end() {
    return tokens == null ? caller.end(audience, server) : caller.endWithToken(tokens, server);
  }

  /** Whether the answer is to be JSON. */
  public boolean isJson() {
    return json.isAsked();
  }

  /**
   * How long each call may take.
   *
   * @throws CommandFailure if that is no time
   */
  public Duration timeout() {
    return timeout.time();
  }

  /** For answers. */
  public PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** For complaints and remarks. */
  public PrintWriter err() {
    return command.commandLine().getErr();
  }
}
