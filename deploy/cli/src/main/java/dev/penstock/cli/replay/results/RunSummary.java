package dev.penstock.cli.replay.results;

import java.util.List;

/**
 * What became of a run.
 *
 * @param dataset name of the dataset
 * @param samples that were replayed
 * @param pipelines in the order given
 */
public record RunSummary(String dataset, long samples, List<PipelineResult> pipelines) {}
