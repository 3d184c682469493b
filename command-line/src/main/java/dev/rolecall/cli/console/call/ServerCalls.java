package dev.rolecall.cli.console.call;

import com.google.protobuf.Message;
import dev.rolecall.cli.console.answer.Answer;
import dev.rolecall.cli.console.answer.Endpoint;
import dev.rolecall.cli.console.answer.FailedException;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.function.Supplier;

/** Endpoints that each make one call of a server. A server is asked for when the first is made. */
public final class ServerCalls {

  private final Supplier<CalledServer> server;

  /**
   * Calls of that server.
   *
   * @param server asked for each call; throws {@link FailedException} where there is none
   */
  public ServerCalls(Supplier<CalledServer> server) {
    this.server = server;
  }

  /** An endpoint that makes a call with one answer. */
  public <Q extends Message, R extends Message> Endpoint unary(MethodDescriptor<Q, R> method) {
    return body -> {
      Q request = MessageJson.request(method, body);
      return Answer.of(MessageJson.text(answer(method, request)));
    };
  }

  /**
   * Makes a call with one answer.
   *
   * @throws FailedException if it fails
   */
  public <Q, R> R answer(MethodDescriptor<Q, R> method, Q request) {
    CalledServer asked = server.get();
    try {
      return ClientCalls.blockingUnaryCall(
          asked.way().channel(),
          method,
          asked.way().options().get().withDeadlineAfter(asked.patience()),
          request);
    } catch (StatusRuntimeException e) {
      throw new FailedException(new CallFace(asked).of(e), e);
    }
  }

  /** An endpoint that makes a call with many answers, until the page goes away. */
  public <Q extends Message, R extends Message> Endpoint stream(MethodDescriptor<Q, R> method) {
    return body -> {
      Q request = MessageJson.request(method, body);
      CalledServer asked = server.get();
      return (Answer.Lines)
          sink -> {
            try (LiveCall<Q, R> call = LiveCall.begin(asked.way(), method, request)) {
              call.writeTo(sink, new CallFace(asked));
            }
          };
    };
  }
}
