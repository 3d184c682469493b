package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.Position;
import dev.rolecall.policy.internal.Printable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads the structure of one YAML 1.2 document, of which JSON is a part, from the parser's events.
 * Anchors, aliases and tags are problems: each makes a text mean something that does not stand
 * where it is read. Only strings and lists are made from the text.
 */
final class YamlText {

  private static final int DEEPEST = 10;
  private static final ScalarResolver RESOLVER = new CoreScalarResolver(false);

  private final String what;
  private final String source;
  private final Remarks remarks;
  private final Iterator<Event> events;

  private YamlText(String what, String source, Remarks remarks, Iterator<Event> events) {
    this.what = what;
    this.source = source;
    this.remarks = remarks;
    this.events = events;
  }

  /**
   * The document's root; empty if there is none, in which case the problem has been reported.
   *
   * @param what what the file should hold one of, as a message says it
   * @param source the name of the text
   */
  static Optional<Node> read(String what, String source, String text, Remarks remarks) {
    // The limit on the text's size is the caller's; the parser's own is in characters.
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    try {
      return new YamlText(
              what,
              source,
              remarks,
              new ParserImpl(settings, new StreamReader(settings, spaced(text))))
          .document();
    } catch (TooDeep e) {
      return Optional.empty();
    } catch (MarkedYamlEngineException e) {
      remarks.problem(
          place(source, e.getProblemMark()),
          ProblemCode.SYNTAX,
          e.getProblem().contains("TAB")
              ? "a tab in the indentation (expected: spaces)"
              : "not YAML or JSON: " + Printable.plain(e.getProblem()));
      return Optional.empty();
    } catch (YamlEngineException e) {
      remarks.problem(
          Place.startOf(source),
          ProblemCode.SYNTAX,
          "not YAML or JSON: " + Printable.plain(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  /**
   * JSON may be indented by tabs, which the parser does not take for space everywhere. One space
   * for one tab keeps every column; a raw tab within a string is no JSON.
   */
  private static String spaced(String text) {
    return text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
  }

  private Optional<Node> document() {
    events.next(); // the stream starts
    Event start = events.next();
    if (start.getEventId() == Event.ID.StreamEnd) {
      remarks.problem(
          Place.startOf(source), ProblemCode.EMPTY, "the file is empty (expected: a " + what + ")");
      return Optional.empty();
    }
    Node root = node(events.next(), 1);
    events.next(); // the document ends
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      remarks.problem(
          place(end.getStartMark()),
          ProblemCode.SECOND_DOCUMENT,
          "a second document (expected: one " + what + " in a file)");
      return Optional.empty();
    }
    return Optional.of(root);
  }

  private Node node(Event event, int depth) {
    Place at = place(event.getStartMark());
    boolean usable = checkPlainness((NodeEvent) event, at);
    if (event instanceof AliasEvent) {
      return new Node.Unusable(at);
    }
    if (event instanceof ScalarEvent scalar) {
      return usable ? new Node.Scalar(scalar.getValue(), kind(scalar), at) : new Node.Unusable(at);
    }
    if (depth > DEEPEST) {
      remarks.problem(
          at, ProblemCode.TOO_DEEP, "nested too deep (expected: at most " + DEEPEST + " levels)");
      throw new TooDeep();
    }
    Node collection =
        event.getEventId() == Event.ID.SequenceStart ? items(at, depth) : fields(at, depth);
    return usable ? collection : new Node.Unusable(at);
  }

  private Node items(Place at, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      items.add(node(e, depth + 1));
    }
    return new Node.Items(items, at);
  }

  private Node fields(Place at, int depth) {
    List<Node.Field> fields = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      Node key = node(e, depth + 1);
      Node value = node(events.next(), depth + 1);
      if (key instanceof Node.Scalar scalar) {
        fields.add(new Node.Field(scalar, value));
      } else if (!(key instanceof Node.Unusable)) {
        remarks.problem(
            key.at(), ProblemCode.WRONG_TYPE, "a key: " + key.kind() + " (expected: a string)");
      }
    }
    return new Node.Fields(fields, at);
  }

  private boolean checkPlainness(NodeEvent event, Place at) {
    if (event instanceof AliasEvent alias) {
      remarks.problem(
          at,
          ProblemCode.YAML_REFERENCE,
          "alias " + Printable.quoted("*" + alias.getAlias()) + " (expected: the value itself)");
      return false;
    }
    event
        .getAnchor()
        .ifPresent(
            anchor ->
                remarks.problem(
                    at,
                    ProblemCode.YAML_REFERENCE,
                    "anchor " + Printable.quoted("&" + anchor) + " (expected: none)"));
    Optional<String> tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : ((CollectionStartEvent) event).getTag();
    tag.ifPresent(
        name ->
            remarks.problem(
                at,
                ProblemCode.YAML_REFERENCE,
                "tag " + Printable.quoted(name) + " (expected: none)"));
    return event.getAnchor().isEmpty() && tag.isEmpty();
  }

  private static String kind(ScalarEvent scalar) {
    Tag tag = scalar.isPlain() ? RESOLVER.resolve(scalar.getValue(), true) : Tag.STR;
    if (tag.equals(Tag.NULL)) {
      return Node.Scalar.NOTHING;
    }
    if (tag.equals(Tag.BOOL)) {
      return "true or false";
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Node.Scalar.NUMBER : Node.Scalar.STRING;
  }

  private Place place(Optional<Mark> mark) {
    return place(source, mark);
  }

  private static Place place(String source, Optional<Mark> mark) {
    return new Place(
        source,
        mark.map(m -> new Position(m.getLine() + 1, m.getColumn() + 1)).orElse(Position.START));
  }

  /** Leaves a text that is nested too deep; its problem has been reported. */
  private static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooDeep() {
      super("nested too deep", null, false, false);
    }
  }
}
