package dev.rolecall.proxy.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.proxy.envoy.v3.CheckResponse;
import dev.rolecall.proxy.envoy.v3.HeaderValueOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answer to a Check, as Envoy acts on it. */
record Answered(CheckResponse response) {

  boolean allowed() {
    return response.hasOkResponse() && response.getStatus().getCode() == 0;
  }

  /** The headers that are set, each overwriting. */
  Map<String, String> set() {
    return texts(response.getOkResponse().getHeadersList());
  }

  List<String> removed() {
    return response.getOkResponse().getHeadersToRemoveList();
  }

  int http() {
    return response.getDeniedResponse().getStatus().getCode();
  }

  String grpcStatus() {
    return denial().getOrDefault("grpc-status", "");
  }

  /** The text with the reason in front. */
  String message() {
    return denial().getOrDefault("grpc-message", "");
  }

  /** The details, in which texts are readable. */
  String details() {
    return new String(
        Base64.getDecoder().decode(denial().getOrDefault("grpc-status-details-bin", "")), UTF_8);
  }

  String metadata(String name) {
    return response.getDynamicMetadata().getFieldsOrThrow(name).getStringValue();
  }

  private Map<String, String> denial() {
    return texts(response.getDeniedResponse().getHeadersList());
  }

  private static Map<String, String> texts(List<HeaderValueOption> options) {
    Map<String, String> texts = new HashMap<>();
    for (HeaderValueOption each : options) {
      if (each.getAppendAction() != 2) {
        throw new AssertionError("it would be added to what the client sent: " + each);
      }
      texts.put(each.getHeader().getKey(), each.getHeader().getValue().toStringUtf8());
    }
    return texts;
  }
}
