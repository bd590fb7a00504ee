using System.ComponentModel.DataAnnotations;

namespace Orkestron.Domain.Artifacts;

/// <summary>Limits and periods of files. Section <c>Orkestron:Artifacts</c>.</summary>
public sealed class ArtifactOptions
{
    /// <value>The largest file in bytes. The default is 20 MiB.</value>
    [Range(1, 67_108_864)]
    public long MaxFileBytes { get; set; } = 20L << 20;

    /// <value>All files of one user together, in bytes. The default is 500 MiB.</value>
    [Range(1, 1L << 40)]
    public long MaxUserBytes { get; set; } = 500L << 20;

    /// <value>Files of one user. The default is 1,000.</value>
    [Range(1, 10_000)]
    public int MaxFiles { get; set; } = 1_000;

    /// <value>Files that one task may be given at submission. The default is 50.</value>
    [Range(1, 1_000)]
    public int MaxTaskFiles { get; set; } = 50;

    /// <value>Files that the steps of one task may make, together. The default is 50.</value>
    [Range(0, 1_000)]
    public int MaxMadeFiles { get; set; } = 50;

    /// <value>How long one upload may take. The default is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan UploadTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <value>
    /// How long what an interrupted upload left stays before it is swept; longer than an upload may take. The default is
    /// 1 hour.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan OrphanAge { get; set; } = TimeSpan.FromHours(1);

    /// <value>How often it is looked for. The default is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromMinutes(10);
}
