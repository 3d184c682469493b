package dev.rolecall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.GrantFeedGrpc;
import dev.rolecall.identity.Caller;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I20: every method by every kind of caller. The table says who passes the guard. */
class MethodsByCallerTest {

  private static final String PEOPLE = "requester reviewer admin";

  /** The kinds that may call a method at all; what they may do with it is the call's question. */
  private static final Map<String, String> TABLE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("RequestAccess", "requester"),
              Map.entry("GetAccessRequest", PEOPLE),
              Map.entry("ListAccessRequests", PEOPLE),
              Map.entry("CancelAccessRequest", PEOPLE),
              Map.entry("ReviewAccess", "reviewer"),
              Map.entry("ReviewBreakGlass", "reviewer admin"),
              Map.entry("ExtendGrant", "requester"),
              Map.entry("RevokeGrant", PEOPLE),
              Map.entry("GetGrant", PEOPLE),
              Map.entry("ListGrants", PEOPLE),
              Map.entry("Lock", "admin"),
              Map.entry("Unlock", "admin"),
              Map.entry("ListLocks", "admin"),
              Map.entry("ListPermissions", PEOPLE),
              Map.entry("ListEvents", "admin"),
              Map.entry("ListEnforcers", "admin"),
              Map.entry("WhoAmI", PEOPLE + " enforcer"),
              Map.entry("ValidateAccess", "enforcer"),
              Map.entry("IssueGrantToken", "requester"),
              Map.entry("GetSigningKeys", PEOPLE + " enforcer"),
              Map.entry("RotateSigningKeys", "admin"),
              Map.entry("WatchAccessRequests", PEOPLE),
              Map.entry("Watch", "enforcer")));

  /** A lead is of the directory too, so the reviewer here comes by a rule of its own. */
  private static final String RULES =
      """
      directories:
        - name: corp
          roles:
            - account: "111122223333"
              permission_set: Engineer
              role_id: AROAENGINEER00000001
            - account: "111122223333"
              permission_set: Lead
              role_id: AROALEAD000000000001
      rules:
        - permission: orders-admin
          requesters: [{directory: corp, permission_set: Engineer}]
          reviewers: [{directory: corp, permission_set: Lead}]
          max_duration: 1h
      admins: [{role: "arn:aws:iam::111122223333:role/security"}]
      enforcers: ["arn:aws:iam::111122223333:role/orders"]
      """;

  private static final Map<String, Caller> KINDS =
      new LinkedHashMap<>(
          Map.of(
              "requester", StatedCallers.ANA,
              "reviewer", StatedCallers.LEE,
              "admin", StatedCallers.SECURITY,
              "enforcer", StatedCallers.ORDERS,
              "stranger", StatedCallers.STRANGER));

  @TempDir private Path folder;

  @Test
  void i20_everyMethodByEveryKindOfCaller_passesTheGuardByTheTableAlone() throws Exception {
    Files.writeString(folder.resolve("rules.yaml"), RULES);
    Set<String> methods = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    try (AccessNode node = AccessNode.start(folder)) {
      for (MethodDescriptor<?, ?> method : all()) {
        String name = String.valueOf(method.getBareMethodName());
        methods.add(name);
        for (Map.Entry<String, Caller> kind : KINDS.entrySet()) {
          boolean may = List.of(TABLE.getOrDefault(name, "").split(" ")).contains(kind.getKey());
          Status status = call(node, kind.getValue(), method);
          boolean refused =
              status.getCode() == Status.Code.PERMISSION_DENIED
                  && String.valueOf(status.getDescription()).startsWith("METHOD_NOT_ALLOWED");
          if (refused == may || status.getCode() == Status.Code.UNAUTHENTICATED) {
            wrong.add(kind.getKey() + " calls " + name + ": " + status);
          }
        }
        Status anonymous = anonymous(node, method);
        if (anonymous.getCode() != Status.Code.UNAUTHENTICATED) {
          wrong.add("no caller calls " + name + ": " + anonymous);
        }
      }
    }
    assertThat(methods).isEqualTo(TABLE.keySet());
    assertThat(wrong).isEmpty();
  }

  private static List<MethodDescriptor<?, ?>> all() {
    return Stream.concat(
            AccessServiceGrpc.getServiceDescriptor().getMethods().stream(),
            GrantFeedGrpc.getServiceDescriptor().getMethods().stream())
        .toList();
  }

  private static Status call(AccessNode node, Caller caller, MethodDescriptor<?, ?> method) {
    return answer(ClientInterceptors.intercept(node.channel(), node.credentials(caller)), method);
  }

  private static Status anonymous(AccessNode node, MethodDescriptor<?, ?> method) {
    return answer(node.channel(), method);
  }

  /** An empty message will do: the guard reads none. A stream is over once it has answered. */
  @SuppressWarnings("unchecked")
  private static Status answer(Channel channel, MethodDescriptor<?, ?> method) {
    MethodDescriptor<Message, Message> typed = (MethodDescriptor<Message, Message>) method;
    Message empty =
        ((io.grpc.MethodDescriptor.PrototypeMarshaller<Message>) typed.getRequestMarshaller())
            .getMessagePrototype();
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS);
    try {
      if (typed.getType() == MethodDescriptor.MethodType.UNARY) {
        ClientCalls.blockingUnaryCall(
            channel, typed, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), empty);
      } else {
        MethodDescriptor<Message, Message> streaming =
            typed.toBuilder().setType(MethodDescriptor.MethodType.SERVER_STREAMING).build();
        Iterator<Message> answers =
            ClientCalls.blockingServerStreamingCall(channel, streaming, options, empty);
        answers.forEachRemaining(each -> {});
      }
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }
}
