package dev.penstock.cli.ledger.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.schemas.Decision;
import dev.penstock.schemas.TrainingTask;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** A chain for programs: its messages as JSON, and what is told beside them. */
public final class ChainJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ChainJson() {}

  public static String of(Chain chain) {
    ObjectNode root = JSON.createObjectNode();
    root.put("state", chain.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    root.put("decidedAt", chain.decision().at());
    root.set("decision", node(chain.decision().message()));
    Guards.of(chain.decision().message()).ifPresent(guard -> root.put("guard", guard));
    root.set("heldBefore", held(chain.holds(), chain.previousFired()));
    root.set("task", task(chain));
    root.set("modelVersion", node(chain.version()));
    chain.millisToModel().ifPresent(millis -> root.put("millisToModel", millis));
    root.set("sliceBefore", node(chain.before()));
    ArrayNode after = root.putArray("slicesAfter");
    chain.after().forEach(slice -> after.add(node(slice)));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode held(Holds holds, @Nullable Decision previousFired) {
    ObjectNode node = JSON.createObjectNode();
    node.put("count", holds.count());
    if (previousFired != null) {
      node.put("sinceDecision", previousFired.getNumber());
    }
    ObjectNode byGuard = node.putObject("byGuard");
    holds.byGuard().forEach(byGuard::put);
    holds
        .closest()
        .ifPresent(
            closest -> {
              ObjectNode near = node.putObject("closest");
              near.put("decision", closest.decision());
              near.set("score", node(closest.score()));
            });
    return node;
  }

  /** The task without its bitmaps: what tells training sets apart is their digest. */
  private static JsonNode task(Chain chain) {
    TrainingTask task = chain.task();
    if (task == null) {
      return JSON.nullNode();
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("id", task.getId());
    node.put("seed", task.getSeed());
    node.put("parent", task.getParent());
    chain.selected().ifPresent(samples -> node.put("samples", samples));
    chain.digest().ifPresent(digest -> node.put("digest", digest));
    return node;
  }

  private static JsonNode node(@Nullable SpecificRecordBase message) {
    if (message == null) {
      return JSON.nullNode();
    }
    try {
      return JSON.readTree(message.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
