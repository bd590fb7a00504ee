using Orkestron.Domain.Endpoints;

namespace Orkestron.Domain.Agents;

/// <summary>What is stored of an agent.</summary>
[GenerateSerializer, Alias("orkestron.agent-record")]
internal sealed class AgentRecord
{
    [Id(0)]
    public AgentManifest? Manifest { get; set; }

    [Id(1)]
    public DateTimeOffset PublishedAt { get; set; }

    [Id(2)]
    public long Runs { get; set; }

    [Id(3)]
    public long Succeeded { get; set; }

    /// <summary>Durations of the recent runs, oldest first, milliseconds.</summary>
    [Id(4)]
    public List<long> Durations { get; set; } = [];

    /// <summary>What was published, oldest first.</summary>
    [Id(5)]
    public List<AgentVersion> Versions { get; set; } = [];

    /// <summary>How its endpoint does; null before its first run by HTTP.</summary>
    [Id(40)]
    public EndpointHealthRecord? Endpoint { get; set; }

    /// <summary>The version that a share of new tasks gets; null for none.</summary>
    [Id(41)]
    public string? Candidate { get; set; }

    /// <summary>Percent of new tasks for the candidate.</summary>
    [Id(42)]
    public int CandidateShare { get; set; }

    /// <summary>Whether only its provider may run it.</summary>
    [Id(43)]
    public bool Unlisted { get; set; }

    /// <summary>When a process of its provider was connected last, to about a minute; null for never.</summary>
    [Id(60)]
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>
    /// Why a manifest cannot be taken, or null: a version that is published from outside stands for one content only, because
    /// tasks name the version they agreed to.
    /// </summary>
    public Refusal? Refuse(AgentManifest manifest)
    {
        if (Manifest is { } current && current.Transport != manifest.Transport)
        {
            return No(
                RefusalCode.Conflict,
                $"{manifest.Key} is reached over '{current.Transport}', and stays so: open tasks count on it. Publish under another name.");
        }

        var digest = ManifestDigest.Of(manifest);
        return manifest.Transport != AgentTransports.BuiltIn
            && Versions.Exists(version => version.Version == manifest.Version && version.Digest != digest)
            ? No(
                RefusalCode.VersionExists,
                $"Version {manifest.Version} of {manifest.Key} was published with another content. Publish a new version.")
            : null;
    }

    /// <summary>Whether a manifest was published before as it is.</summary>
    public bool Knows(AgentManifest manifest)
    {
        var digest = ManifestDigest.Of(manifest);
        return Versions.Exists(version => version.Version == manifest.Version && version.Digest == digest);
    }

    /// <summary>Takes a manifest: the one that new tasks get, or a candidate for a share of them.</summary>
    /// <returns>Why not, see <see cref="Refuse"/>.</returns>
    public Refusal? Add(AgentManifest manifest, int? candidateShare, DateTimeOffset now, int maxVersions)
    {
        if (Refuse(manifest) is { } refusal)
        {
            return refusal;
        }

        var digest = ManifestDigest.Of(manifest);
        if (!Versions.Exists(version => version.Version == manifest.Version && version.Digest == digest))
        {
            Versions.RemoveAll(version => version.Version == manifest.Version);
            Versions.Add(new AgentVersion(manifest.Version, now, digest, manifest.Price));
            Versions.RemoveRange(0, Math.Max(0, Versions.Count - maxVersions));
        }

        if (candidateShare is { } share)
        {
            (Candidate, CandidateShare) = (manifest.Version, share);
        }
        else
        {
            RollOut(manifest, null, 0);
            PublishedAt = now;
        }

        return null;
    }

    /// <summary>Says which versions new tasks get.</summary>
    /// <returns>Whether that is another choice than before.</returns>
    public bool ChangeRollout(AgentManifest current, string? candidate, int share)
    {
        if (Manifest?.Version == current.Version && Candidate == candidate && CandidateShare == share)
        {
            return false;
        }

        RollOut(current, candidate, share);
        return true;
    }

    /// <summary>A manifest as others may see it: without the plan, which is its publisher's own and may be large.</summary>
    public AgentManifest? Public(AgentManifest? manifest) => manifest is null || (manifest.Plan is null && !Unlisted)
        ? manifest
        : manifest with { Plan = null, Unlisted = Unlisted };

    private void RollOut(AgentManifest current, string? candidate, int share)
    {
        (Manifest, Candidate, CandidateShare) = (current, candidate, share);
        PublishedAt = Versions.Find(version => version.Version == current.Version)?.PublishedAt ?? PublishedAt;
    }

    /// <summary>Runs whose input, or its owner, was the cause that there was no answer.</summary>
    [Id(61)]
    public long InputErrors { get; set; }

    public void Count(StepFailure? failure, string transport, TimeSpan duration, int maxDurations)
    {
        Runs++;
        Succeeded += failure is null ? 1 : 0;
        InputErrors += FailureCause.IsUsers(failure, transport) ? 1 : 0;
        Durations.Add((long)duration.TotalMilliseconds);
        if (Durations.Count > maxDurations)
        {
            Durations.RemoveRange(0, Durations.Count - maxDurations);
        }
    }

    /// <summary>
    /// Takes over what changes in memory and is stored now and then, from the record that this one takes the place of. Where
    /// another activation stored this one, whoever has counted more runs knows more.
    /// </summary>
    public void TakeFigures(AgentRecord before)
    {
        if (before.Runs >= Runs)
        {
            (Runs, Succeeded, InputErrors, Durations) = (before.Runs, before.Succeeded, before.InputErrors, before.Durations);
        }

        Endpoint = before.Endpoint ?? Endpoint;
        LastSeenAt = LastSeenAt > before.LastSeenAt ? LastSeenAt : before.LastSeenAt ?? LastSeenAt;
    }

    public AgentStats Stats(int working, int queued)
    {
        return new AgentStats(
            Runs, Succeeded, RunTimes.Percentile(Durations, 0.5), RunTimes.Percentile(Durations, 0.95), working, queued)
        {
            InputErrors = InputErrors,
        };
    }

    private static Refusal No(RefusalCode code, string detail) => Domain.Refuse.With(code, detail);
}
