package dev.rolecall.verifier.internal.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.proof.StsError;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Finds the code in an error of an AWS service, in the spellings that AWS's front ends have: the
 * query protocol's JSON and XML, and the {@code __type} of the JSON protocols. An error is of the
 * service only if one of these shapes holds; a page of something in between has none of them.
 */
final class ErrorReader {

  /** Where XML has the code: in the query protocol, and in EC2's form of it. */
  private static final List<List<String>> XML_PATHS =
      List.of(
          List.of("ErrorResponse", "Error", "Code"),
          List.of("Response", "Errors", "Error", "Code"));

  private static final XMLInputFactory XML = xml();

  private ErrorReader() {}

  private static XMLInputFactory xml() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /** The bare code, safe to log; empty if the response is no error of an AWS service. */
  static Optional<String> code(StsResponse response) {
    Optional<String> written =
        response.body().length > 0 && isXml(response.body())
            ? ofXml(response.body())
            : AnswerJson.read(response.body()).flatMap(ErrorReader::ofJson);
    return written.flatMap(StsError::code);
  }

  private static boolean isXml(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return b == '<';
      }
    }
    return false;
  }

  private static Optional<String> ofJson(AnswerJson root) {
    if (root.members().containsKey("Error")) {
      return root.child("Error").flatMap(error -> error.string("Code"));
    }
    return Stream.of("__type", "code", "Code")
        .flatMap(key -> root.string(key).stream())
        .findFirst();
  }

  private static Optional<String> ofXml(byte[] body) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString().strip();
      List<String> codes = codes(XML.createXMLStreamReader(new StringReader(text)));
      return codes.size() == 1 ? Optional.of(codes.get(0)) : Optional.empty();
    } catch (CharacterCodingException | XMLStreamException e) {
      // The exception may quote the document, and the document may hold a session token.
      return Optional.empty();
    }
  }

  /** Every code at a code's place; reads to the end, so that what is cut short is no error. */
  private static List<String> codes(XMLStreamReader reader) throws XMLStreamException {
    List<String> codes = new ArrayList<>();
    Deque<String> path = new ArrayDeque<>();
    StringBuilder text = new StringBuilder();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          path.addLast(reader.getLocalName());
          text.setLength(0);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          if (XML_PATHS.contains(List.copyOf(path))) {
            codes.add(text.toString().strip());
          }
          path.removeLast();
          text.setLength(0);
        }
        case XMLStreamConstants.DTD -> throw new XMLStreamException("a document type");
        default -> {
          // Comments, spaces and instructions say nothing.
        }
      }
    }
    return codes;
  }
}
