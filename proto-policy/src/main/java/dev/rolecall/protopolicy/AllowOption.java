package dev.rolecall.protopolicy;

import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceOptions;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.GeneratedMessage.GeneratedExtension;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.rolecall.protopolicy.v1.Allow;
import dev.rolecall.protopolicy.v1.AllowProto;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads one of the two options.
 *
 * <p>Options are read from their bytes each time. A descriptor made without knowing this option, by
 * reflection for example, has it among the unknown fields, where a plain look-up finds nothing.
 */
final class AllowOption<O extends Message> {

  static final AllowOption<MethodOptions> OF_METHOD =
      new AllowOption<>(
          AllowProto.allow,
          MethodOptions.parser(),
          options ->
              options.hasExtension(AllowProto.allow)
                  ? Optional.of(options.getExtension(AllowProto.allow))
                  : Optional.empty());

  static final AllowOption<ServiceOptions> OF_SERVICE =
      new AllowOption<>(
          AllowProto.defaultAllow,
          ServiceOptions.parser(),
          options ->
              options.hasExtension(AllowProto.defaultAllow)
                  ? Optional.of(options.getExtension(AllowProto.defaultAllow))
                  : Optional.empty());

  private final GeneratedExtension<O, Allow> extension;
  private final Parser<O> parser;
  private final Function<O, Optional<Allow>> value;

  private AllowOption(
      GeneratedExtension<O, Allow> extension,
      Parser<O> parser,
      Function<O, Optional<Allow>> value) {
    this.extension = extension;
    this.parser = parser;
    this.value = value;
  }

  /** The option's full name. */
  String name() {
    return extension.getDescriptor().getFullName();
  }

  /**
   * The option's value; empty if it is not set.
   *
   * @throws IllegalArgumentException if it is set and is not what this version knows
   */
  Optional<Allow> in(O options) {
    O read = parsed(options);
    // What is there in another form, or says more than is known here, may have been meant to
    // narrow.
    if (read.getUnknownFields().hasField(extension.getNumber())) {
      throw new IllegalArgumentException("cannot be read (expected: rolecall/v1/allow.proto's)");
    }
    Optional<Allow> found = value.apply(read);
    if (found.filter(AllowOption::saysMore).isPresent()) {
      throw new IllegalArgumentException(
          "says more than this version knows (expected: roles, networks, headers and"
              + " requires_grant)");
    }
    return found;
  }

  private static boolean saysMore(Allow allow) {
    return Stream.concat(
            Stream.of(allow, allow.getRequiresGrant()), allow.getHeadersList().stream())
        .anyMatch(message -> !message.getUnknownFields().asMap().isEmpty());
  }

  private O parsed(O options) {
    ExtensionRegistry known = ExtensionRegistry.newInstance();
    known.add(extension);
    try {
      return parser.parseFrom(options.toByteString(), known);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("cannot be read (expected: rolecall/v1/allow.proto's)", e);
    }
  }
}
