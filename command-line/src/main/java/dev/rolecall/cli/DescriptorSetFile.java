package dev.rolecall.cli;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The .proto files in what {@code protoc --include_imports --descriptor_set_out} wrote. */
final class DescriptorSetFile implements Schema.Source {

  private final List<FileDescriptorProto> files;

  private DescriptorSetFile(List<FileDescriptorProto> files) {
    this.files = files;
  }

  /**
   * Reads one.
   *
   * @throws CommandFailure if it cannot be read
   */
  static DescriptorSetFile read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new DescriptorSetFile(FileDescriptorSet.parseFrom(in).getFileList());
    } catch (IOException e) {
      throw new CommandFailure("--descriptor-set: " + file + ": cannot be read", e);
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
