package dev.rolecall.proxy.envoy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.rolecall.proxy.envoy.v3.AttributeContext;
import dev.rolecall.proxy.envoy.v3.CheckRequest;
import dev.rolecall.proxy.envoy.v3.HeaderMap;
import dev.rolecall.proxy.envoy.v3.HeaderValue;
import dev.rolecall.proxy.internal.check.Check;
import dev.rolecall.proxy.internal.check.CheckReader;
import dev.rolecall.testsupport.Echo;
import io.grpc.MethodDescriptor;

/** A Check as Envoy makes it, with raw headers unless the test says otherwise. */
final class Asked {

  private final AttributeContext.HttpRequest.Builder request =
      AttributeContext.HttpRequest.newBuilder();
  private final HeaderMap.Builder raw = HeaderMap.newBuilder();
  private final AttributeContext.Builder attributes = AttributeContext.newBuilder();
  private final AttributeContext.Peer.Builder source =
      AttributeContext.Peer.newBuilder()
          .setAddress(
              AttributeContext.Address.newBuilder()
                  .setSocketAddress(
                      AttributeContext.SocketAddress.newBuilder()
                          .setAddress("192.0.2.1")
                          .setPortValue(50_001)));

  static Asked about(MethodDescriptor<?, ?> method) {
    return new Asked().path(Echo.path(method));
  }

  Asked path(String path) {
    request.setPath(ByteString.copyFromUtf8(path));
    return this;
  }

  Asked path(ByteString path) {
    request.setPath(path);
    return this;
  }

  Asked header(String name, String value) {
    raw.addHeaders(
        HeaderValue.newBuilder().setKey(name).setRawValue(ByteString.copyFromUtf8(value)));
    return this;
  }

  Asked header(String name, ByteString value) {
    raw.addHeaders(HeaderValue.newBuilder().setKey(name).setRawValue(value));
    return this;
  }

  /** As Envoy without {@code encode_raw_headers}, and Istio, have it. */
  Asked mapped(String name, String value) {
    request.putHeaders(name, ByteString.copyFromUtf8(value));
    return this;
  }

  Asked extension(String name, String value) {
    attributes.putContextExtensions(name, value);
    return this;
  }

  Asked from(String address, int port) {
    source.setAddress(
        AttributeContext.Address.newBuilder()
            .setSocketAddress(
                AttributeContext.SocketAddress.newBuilder()
                    .setAddress(address)
                    .setPortValue(port)));
    return this;
  }

  Asked certificate(String encoded) {
    source.setCertificate(ByteString.copyFromUtf8(encoded));
    return this;
  }

  /** The Check as the checker reads it. */
  Check check() {
    try {
      return CheckReader.read(request().toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  CheckRequest request() {
    return CheckRequest.newBuilder()
        .setAttributes(
            attributes
                .setSource(source)
                .setRequest(
                    AttributeContext.Request.newBuilder().setHttp(request.setHeaderMap(raw))))
        .build();
  }
}
