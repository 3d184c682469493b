package dev.rolecall.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.arguments.HeaderArgument;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.policy.condition.IpAddress;
import dev.rolecall.policytools.StatedCall;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that state a call's headers and address, and the way that JSON has them. */
final class StatedCallOptions {

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description =
          "A header of the call, for rules with conditions; repeatable. What is not given is"
              + " absent.")
  List<HeaderArgument> headers = List.of();

  @Option(
      names = "--address",
      paramLabel = "IP",
      description = "The address of the call's peer; unknown if not given.")
  @Nullable IpAddress address;

  /** The call. */
  StatedCall call() {
    StatedCall call = StatedCall.none();
    for (HeaderArgument header : headers) {
      call = header.in(call);
    }
    return new StatedCall(call.headers(), Optional.ofNullable(address));
  }

  /** Writes what is stated as fields of the object that is open. */
  static void write(JsonGenerator json, StatedCall call) throws IOException {
    if (!call.headers().isEmpty()) {
      json.writeObjectFieldStart("headers");
      for (Map.Entry<HeaderName, String> header : call.headers().entrySet()) {
        json.writeStringField(header.getKey().value(), header.getValue());
      }
      json.writeEndObject();
    }
    if (call.address().isPresent()) {
      json.writeStringField("address", call.address().get().toString());
    }
  }
}
