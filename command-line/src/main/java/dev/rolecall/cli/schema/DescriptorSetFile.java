package dev.rolecall.cli.schema;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.InputFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The .proto files in what {@code protoc --include_imports --descriptor_set_out} wrote. */
public final class DescriptorSetFile implements Schema.Source {

  private static final String EXPECTED = "what protoc --include_imports --descriptor_set_out wrote";

  private final List<FileDescriptorProto> files;

  private DescriptorSetFile(List<FileDescriptorProto> files) {
    this.files = files;
  }

  /**
   * Reads one.
   *
   * @throws CommandFailure if it cannot be read
   */
  public static DescriptorSetFile read(Path file) {
    InputFile input = InputFile.of("--descriptor-set", file);
    try {
      List<FileDescriptorProto> files = FileDescriptorSet.parseFrom(input.bytes()).getFileList();
      if (files.isEmpty()) {
        throw input.wrong("holds no .proto file (expected: " + EXPECTED + ")");
      }
      return new DescriptorSetFile(files);
    } catch (InvalidProtocolBufferException e) {
      throw input.wrong("not a set of descriptors (expected: " + EXPECTED + ")", e);
    }
  }

  @Override
  public List<String> services() {
    return files.stream().flatMap(DescriptorSetFile::servicesOf).toList();
  }

  @Override
  public List<FileDescriptorProto> declaring(String service) {
    return files.stream().filter(file -> servicesOf(file).anyMatch(service::equals)).toList();
  }

  private static Stream<String> servicesOf(FileDescriptorProto file) {
    String prefix = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
    return file.getServiceList().stream().map(service -> prefix + service.getName());
  }

  @Override
  public Optional<FileDescriptorProto> named(String name) {
    return files.stream().filter(file -> file.getName().equals(name)).findFirst();
  }
}
