package dev.penstock.flink.observation;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * Where model versions come back from, and what serving systems say with them.
 *
 * @param artifacts store of the models
 * @param feed tells of the versions
 * @param predictions reads the topics of serving systems
 * @param feedbackDelay from a version's being finished to its being seen, and from a sample to the
 *     last prediction that counts
 */
public record ModelSource(
    URI artifacts,
    ModelVersionFeed.Factory feed,
    PredictionFeed.Factory predictions,
    Duration feedbackDelay)
    implements Serializable {}
