package dev.rolecall.benchmarks.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.rolecall.proxy.envoy.v3.AttributeContext;
import dev.rolecall.proxy.envoy.v3.CheckRequest;
import dev.rolecall.proxy.envoy.v3.CheckResponse;
import dev.rolecall.proxy.envoy.v3.DeniedHttpResponse;
import dev.rolecall.proxy.envoy.v3.HeaderValue;
import dev.rolecall.proxy.envoy.v3.HeaderValueOption;
import dev.rolecall.proxy.envoy.v3.OkHttpResponse;
import dev.rolecall.proxy.envoy.v3.Status;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckRequestsTest {

  @Test
  void callers_haveAddressesOfTheirOwn() {
    assertThat(IntStream.range(0, 1_000).mapToObj(CheckRequestsTest::address).distinct())
        .hasSize(1_000)
        .allMatch(
            address -> address.matches("10\\.1\\.[0-3]\\.([1-9]|[1-9]\\d|1\\d\\d|2[0-4]\\d|250)"));
  }

  @Test
  void credential_isARawHeader() {
    assertThat(attributes(7).getRequest().getHttp().getHeaderMap().getHeadersList())
        .contains(
            HeaderValue.newBuilder()
                .setKey("authorization")
                .setRawValue(ByteString.copyFromUtf8("Bearer 7"))
                .build());
  }

  @Test
  void emptyOk_allows() {
    assertThat(
            CheckRequests.isAllowed(
                CheckResponse.newBuilder()
                    .setOkResponse(OkHttpResponse.getDefaultInstance())
                    .build()
                    .toByteArray()))
        .isTrue();
  }

  @Test
  void denial_doesNotAllow_andIsToldInWords() {
    byte[] denied =
        CheckResponse.newBuilder()
            .setStatus(Status.newBuilder().setCode(7))
            .setDeniedResponse(
                DeniedHttpResponse.newBuilder()
                    .addHeaders(
                        HeaderValueOption.newBuilder()
                            .setHeader(
                                HeaderValue.newBuilder()
                                    .setKey("grpc-status")
                                    .setRawValue(ByteString.copyFromUtf8("7")))))
            .build()
            .toByteArray();

    assertThat(CheckRequests.isAllowed(denied)).isFalse();
    assertThat(CheckRequests.denial(denied)).isEqualTo("grpc-status: 7");
  }

  @Test
  void statusWithoutAnAnswer_doesNotAllow() {
    assertThat(
            CheckRequests.isAllowed(
                CheckResponse.newBuilder()
                    .setStatus(Status.newBuilder().setCode(7))
                    .build()
                    .toByteArray()))
        .isFalse();
  }

  private static String address(int number) {
    return attributes(number).getSource().getAddress().getSocketAddress().getAddress();
  }

  private static AttributeContext attributes(int number) {
    try {
      return CheckRequest.parseFrom(CheckRequests.of("Bearer " + number, number)).getAttributes();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
