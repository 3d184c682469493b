package dev.rolecall.cli.doctor;

import dev.rolecall.cli.arguments.MethodName;
import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.schema.ReflectedSchema;
import dev.rolecall.cli.schema.Schema;
import dev.rolecall.cli.schema.SchemaUnavailableException;
import dev.rolecall.policy.MethodPath;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A search for a method that refuses a call without a proof. Health is often public, and so is
 * reflection; reflection then names other methods. No message is sent to any of them.
 */
final class GuardedMethod {

  /** Methods that most servers have. */
  static final List<String> USUAL =
      List.of(
          "grpc.health.v1.Health/Check",
          "grpc.reflection.v1.ServerReflection/ServerReflectionInfo");

  private static final int MOST_REFLECTED = 5;

  /**
   * A method that refuses.
   *
   * @param method its name
   */
  record Refused(String method) {}

  /**
   * A method that ended a call otherwise.
   *
   * @param method its name
   * @param failure how
   */
  record Ended(String method, CallFailure failure) {}

  private final Channel channel;
  private final CallOptions options;
  private final List<String> tried = new ArrayList<>();
  private Optional<Ended> last = Optional.empty();

  GuardedMethod(Channel channel, CallOptions options) {
    this.channel = channel;
    this.options = options;
  }

  /** The given method, where it refuses; without one, the first of the usual that does. */
  Optional<Refused> among(Optional<String> given) {
    for (String each : given.map(List::of).orElse(USUAL)) {
      if (refuses(each)) {
        return Optional.of(new Refused(each));
      }
      boolean isUnreachable =
          last.filter(end -> end.failure().status().getCode() == Status.Code.UNAVAILABLE)
              .isPresent();
      if (isUnreachable) {
        return Optional.empty();
      }
    }
    return given.isPresent() || last.isEmpty()
        ? Optional.empty()
        : reflected().stream().filter(this::refuses).findFirst().map(Refused::new);
  }

  private boolean refuses(String method) {
    tried.add(method);
    CallFailure failure = new ProbeCall(channel, method).end(options);
    if (failure.status().getCode() == Status.Code.UNIMPLEMENTED) {
      return false;
    }
    last = Optional.of(new Ended(method, failure));
    return failure.reason().isPresent();
  }

  /** Unary ones: what takes a stream may run its handler without a message. */
  private List<String> reflected() {
    try {
      return new Schema(new ReflectedSchema(channel, options))
          .services().stream()
              .flatMap(service -> service.getMethods().stream())
              .filter(method -> !method.isClientStreaming() && !method.isServerStreaming())
              .map(Schema::pathOf)
              .map(MethodName::full)
              .filter(name -> !USUAL.contains(name))
              .limit(MOST_REFLECTED)
              .toList();
    } catch (SchemaUnavailableException | CommandFailure e) {
      // A server need not describe itself: what was tried is what there is to say.
      return List.of();
    }
  }

  /** How the last call ended that reached a method; empty if the server has none of them. */
  Optional<Ended> last() {
    return last;
  }

  /** What was tried, in order. */
  List<String> tried() {
    return List.copyOf(tried);
  }

  /** The method as policies name it. */
  static MethodPath path(String method) {
    return MethodPath.ofFullMethodName(method);
  }
}
