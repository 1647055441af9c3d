package dev.penstock.cli.replay;

import java.util.List;

/**
 * What became of a run.
 *
 * @param dataset name of the dataset
 * @param samples that were replayed
 * @param pipelines in the order given
 */
record RunSummary(String dataset, long samples, List<PipelineResult> pipelines) {}
