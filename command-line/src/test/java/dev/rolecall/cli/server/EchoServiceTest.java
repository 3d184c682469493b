package dev.rolecall.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.echo.WhoAmIRequest;
import dev.rolecall.cli.echo.WhoAmIResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of the service that {@code serve} serves, for calls that a guard knows no caller of. */
final class EchoServiceTest {

  @Test
  void whoAmI_noKnownCaller_isAnsweredWithNothingSaid() {
    Recorded<WhoAmIResponse> responses = new Recorded<>();

    new EchoService().whoAmI(WhoAmIRequest.getDefaultInstance(), responses);

    assertThat(responses.events).containsExactly(WhoAmIResponse.getDefaultInstance(), "completed");
  }

  private static final class Recorded<T> implements StreamObserver<T> {

    private final List<Object> events = new ArrayList<>();

    @Override
    public void onNext(T response) {
      events.add(response);
    }

    @Override
    public void onError(Throwable failure) {
      events.add(failure);
    }

    @Override
    public void onCompleted() {
      events.add("completed");
    }
  }
}
