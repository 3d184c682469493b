package dev.rolecall.cli.console;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.console.answer.Answer;
import dev.rolecall.cli.console.answer.Endpoint;
import dev.rolecall.cli.console.answer.Face;
import dev.rolecall.cli.console.answer.FailedException;
import dev.rolecall.cli.console.answer.Failure;
import dev.rolecall.cli.console.call.CalledServer;
import dev.rolecall.cli.console.call.ConsoleServers;
import dev.rolecall.cli.console.call.ServerCalls;
import dev.rolecall.cli.console.call.ServerEnd;
import dev.rolecall.cli.console.policy.PolicyDesk;
import dev.rolecall.cli.console.policy.PolicyTrial;
import dev.rolecall.cli.report.RefusalAdvice;
import dev.rolecall.decisions.v1.DecisionsGrpc;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.identity.RefusalReason;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All that the page can ask for, by path. */
final class Endpoints {

  private final ConsoleServers servers;
  private final About about;
  private final Duration longestIdle;

  Endpoints(ConsoleServers servers, About about, Duration longestIdle) {
    this.servers = servers;
    this.about = about;
    this.longestIdle = longestIdle;
  }

  Map<String, Endpoint> all() {
    Map<String, Endpoint> all = new HashMap<>();
    all.put("about", body -> Answer.of(this::writeAbout));
    all.put("cures", body -> Answer.of(Endpoints::writeCures));
    all.put("policy/read", PolicyDesk::read);
    all.put("policy/explain", PolicyDesk::explain);
    all.putAll(ofAccess(new ServerCalls(called(servers.access(), "--server HOST:PORT"))));
    ServerCalls decisions =
        new ServerCalls(
            called(servers.decisions(), "--decisions HOST:PORT --decisions-audience NAME"));
    all.put(
        path("decisions", DecisionsGrpc.getListCallsMethod()),
        decisions.unary(DecisionsGrpc.getListCallsMethod()));
    all.put(
        path("decisions", DecisionsGrpc.getWatchDecisionsMethod()),
        decisions.stream(DecisionsGrpc.getWatchDecisionsMethod()));
    all.put("policy/try", new PolicyTrial(decisions)::answer);
    return all;
  }

  /** What a person may do. Tokens and keys are for programs. */
  private static Map<String, Endpoint> ofAccess(ServerCalls calls) {
    Map<String, Endpoint> all =
        Stream.of(
                AccessServiceGrpc.getRequestAccessMethod(),
                AccessServiceGrpc.getGetAccessRequestMethod(),
                AccessServiceGrpc.getListAccessRequestsMethod(),
                AccessServiceGrpc.getCancelAccessRequestMethod(),
                AccessServiceGrpc.getReviewAccessMethod(),
                AccessServiceGrpc.getReviewBreakGlassMethod(),
                AccessServiceGrpc.getExtendGrantMethod(),
                AccessServiceGrpc.getRevokeGrantMethod(),
                AccessServiceGrpc.getGetGrantMethod(),
                AccessServiceGrpc.getListGrantsMethod(),
                AccessServiceGrpc.getLockMethod(),
                AccessServiceGrpc.getUnlockMethod(),
                AccessServiceGrpc.getListLocksMethod(),
                AccessServiceGrpc.getListPermissionsMethod(),
                AccessServiceGrpc.getListEventsMethod(),
                AccessServiceGrpc.getListEnforcersMethod(),
                AccessServiceGrpc.getWhoAmIMethod())
            .collect(toMap(method -> path("access", method), calls::unary));
    MethodDescriptor<? extends Message, ? extends Message> watch =
        AccessServiceGrpc.getWatchAccessRequestsMethod();
    all.put(path("access", watch), calls.stream(watch));
    return all;
  }

  private static String path(String room, MethodDescriptor<?, ?> method) {
    return room + "/" + method.getBareMethodName();
  }

  private static Supplier<CalledServer> called(Optional<ServerEnd> server, String option) {
    return () ->
        server
            .map(ServerEnd::called)
            .orElseThrow(
                () ->
                    new FailedException(
                        Failure.of(
                            Face.NOT_CONFIGURED,
                            "No such server was named",
                            "The console was started without " + option + ".",
                            "Start it again with " + option + ".")));
  }

  private void writeAbout(JsonGenerator json) throws IOException {
    json.writeStringField("version", about.version());
    json.writeBooleanField("demo", about.isDemo());
    json.writeNumberField("idleSeconds", longestIdle.toSeconds());
    write(json, "access", servers.access());
    write(json, "decisions", servers.decisions());
    if (about.policy().isPresent()) {
      json.writeObjectFieldStart("policy");
      json.writeStringField("name", about.policy().get().name());
      json.writeStringField("text", about.policy().get().text());
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, String field, Optional<ServerEnd> server)
      throws IOException {
    if (server.isPresent()) {
      ServerEnd.Named named = server.get().named();
      json.writeObjectFieldStart(field);
      json.writeStringField("server", named.address());
      json.writeStringField("audience", named.audience().name());
      json.writeEndObject();
    }
  }

  private static void writeCures(JsonGenerator json) throws IOException {
    for (RefusalReason reason : RefusalReason.values()) {
      json.writeStringField(reason.name(), RefusalAdvice.on(reason, CredentialKind.PROOF));
    }
  }
}
