package dev.rolecall.cli.schema;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.policy.MethodPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The services of a server, put together from .proto files on demand. */
public final class Schema {

  /** A source of .proto files. */
  public interface Source {

    /** The full names of the services there are. */
    List<String> services();

    /** Files of which one declares the service; none if it is not known. */
    List<FileDescriptorProto> declaring(String service);

    /** The file of that name, if it is known. */
    Optional<FileDescriptorProto> named(String file);
  }

  /** More than any real schema has. The files are a server's word: it may send without end. */
  private static final int MAX_FILES = 2_000;

  private final Source source;
  private final Map<String, FileDescriptorProto> files = new HashMap<>();
  private final Map<String, FileDescriptor> built = new HashMap<>();
  private final Set<String> building = new HashSet<>();

  public Schema(Source source) {
    this.source = source;
  }

  /**
   * The method of that name.
   *
   * @throws CommandFailure if there is none, or a file it needs is missing or broken
   */
  public MethodDescriptor method(String service, String name) {
    ServiceDescriptor described = service(service);
    MethodDescriptor method = described.findMethodByName(name);
    if (method == null) {
      List<String> known = described.getMethods().stream().map(MethodDescriptor::getName).toList();
      throw new CommandFailure(
          Visible.line(service + " has no method " + name + " (it has: " + known + ")"));
    }
    return method;
  }

  /**
   * Every service there is, by name.
   *
   * @throws CommandFailure if a file is missing or broken
   */
  public List<ServiceDescriptor> services() {
    return source.services().stream().distinct().sorted().map(this::service).toList();
  }

  /** The method as a policy names it: checked, since a server may have chosen the name. */
  public static MethodPath pathOf(MethodDescriptor method) {
    try {
      return MethodPath.ofFullMethodName(
          method.getService().getFullName() + "/" + method.getName());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private ServiceDescriptor service(String service) {
    List<FileDescriptorProto> declaring = source.declaring(service);
    declaring.forEach(file -> files.put(file.getName(), file));
    return declaring.stream()
        .map(file -> build(file.getName()))
        .flatMap(file -> file.getServices().stream())
        .filter(each -> each.getFullName().equals(service))
        .findFirst()
        .orElseThrow(() -> new CommandFailure("the server has no service " + service));
  }

  private FileDescriptor build(String name) {
    FileDescriptor known = built.get(name);
    if (known != null) {
      return known;
    }
    if (!building.add(name)) {
      throw new CommandFailure(
          "the schema's file " + Visible.line(name) + " imports itself, by way of others or not");
    }
    if (building.size() > MAX_FILES) {
      throw new CommandFailure("the schema has more than " + MAX_FILES + " files");
    }
    FileDescriptorProto file =
        Optional.ofNullable(files.get(name))
            .or(() -> source.named(name))
            .orElseThrow(
                () -> new CommandFailure("the schema lacks the file " + Visible.line(name)));
    FileDescriptor[] imports =
        file.getDependencyList().stream().map(this::build).toArray(FileDescriptor[]::new);
    try {
      FileDescriptor fresh = FileDescriptor.buildFrom(file, imports);
      built.put(name, fresh);
      return fresh;
    } catch (DescriptorValidationException e) {
      throw new CommandFailure(
          "the schema's file "
              + Visible.line(name)
              + " is broken: "
              + Visible.line(e.getDescription()),
          e);
    }
  }
}
