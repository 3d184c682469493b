package dev.rolecall.benchmarks.proxy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.rolecall.benchmarks.fleet.Echo;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.proxy.envoy.v3.AttributeContext;
import dev.rolecall.proxy.envoy.v3.CheckRequest;
import dev.rolecall.proxy.envoy.v3.CheckResponse;
import dev.rolecall.proxy.envoy.v3.HeaderMap;
import dev.rolecall.proxy.envoy.v3.HeaderValue;
import io.grpc.MethodDescriptor;
import java.util.stream.Collectors;

/** Checks as an Envoy with the shipped configuration makes them. */
final class CheckRequests {

  /** The method, of bytes: what is measured is the server. */
  static final MethodDescriptor<byte[], byte[]> METHOD =
      Echo.SAY.toBuilder()
          .setFullMethodName(
              MethodDescriptor.generateFullMethodName(
                  "envoy.service.auth.v3.Authorization", "Check"))
          .build();

  private CheckRequests() {}

  /**
   * A Check of a call with that proof.
   *
   * @param number the caller's, which has an address of its own
   */
  static byte[] of(String authorization, int number) {
    HeaderMap headers =
        HeaderMap.newBuilder()
            .addHeaders(header(":authority", "orders.example:8443"))
            .addHeaders(header(":path", "/" + Echo.SAY.getFullMethodName()))
            .addHeaders(header(":method", "POST"))
            .addHeaders(header("authorization", authorization))
            .addHeaders(header("grpc-timeout", "4999999u"))
            .addHeaders(header("x-forwarded-for", address(number)))
            .build();
    AttributeContext.HttpRequest http =
        AttributeContext.HttpRequest.newBuilder()
            .setPath(ByteString.copyFromUtf8("/" + Echo.SAY.getFullMethodName()))
            .setHeaderMap(headers)
            .build();
    AttributeContext.SocketAddress socket =
        AttributeContext.SocketAddress.newBuilder()
            .setAddress(address(number))
            .setPortValue(50_001)
            .build();
    return CheckRequest.newBuilder()
        .setAttributes(
            AttributeContext.newBuilder()
                .setSource(
                    AttributeContext.Peer.newBuilder()
                        .setAddress(AttributeContext.Address.newBuilder().setSocketAddress(socket)))
                .setRequest(AttributeContext.Request.newBuilder().setHttp(http))
                .putContextExtensions("audience", Orders.AUDIENCE.name()))
        .build()
        .toByteArray();
  }

  private static HeaderValue header(String name, String value) {
    return HeaderValue.newBuilder()
        .setKey(name)
        .setRawValue(ByteString.copyFromUtf8(value))
        .build();
  }

  private static String address(int number) {
    return "10.1." + number / 250 + "." + (1 + number % 250);
  }

  /** Whether an answer allows the call. */
  static boolean isAllowed(byte[] answer) {
    try {
      CheckResponse response = CheckResponse.parseFrom(answer);
      return response.hasOkResponse() && response.getStatus().getCode() == 0;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  /** What an answer that does not allow the call says. */
  static String denial(byte[] answer) {
    try {
      return CheckResponse.parseFrom(answer).getDeniedResponse().getHeadersList().stream()
          .map(each -> each.getHeader())
          .map(
              each ->
                  each.getKey()
                      + ": "
                      + each.getRawValue().toStringUtf8()
                      + each.getValue().toStringUtf8())
          .collect(Collectors.joining("; "));
    } catch (InvalidProtocolBufferException e) {
      return "unreadable";
    }
  }
}
