using System.ComponentModel.DataAnnotations;

namespace Orkestron.Agents.Chat;

/// <summary>
/// The OpenAI-compatible endpoint of language models, section <c>Orkestron:Models</c>. Without an endpoint no agent that
/// needs a model is published.
/// </summary>
public sealed class ModelsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Orkestron:Models";

    /// <summary>The base address, for instance <c>https://models.example/v1</c>.</summary>
    [Required(ErrorMessage = "Set Orkestron:Models:Endpoint to the base address of an OpenAI-compatible API.")]
    public Uri? Endpoint { get; set; }

    /// <summary>The endpoint's key; any word for an endpoint that wants none.</summary>
    [Required(ErrorMessage = "Set Orkestron:Models:Key to the endpoint's key (any word if it wants none).")]
    public string? Key { get; set; }

    /// <summary>The model's name at the endpoint.</summary>
    [Required(ErrorMessage = "Set Orkestron:Models:Model to the name of a model of the endpoint.")]
    public string? Model { get; set; }

    /// <summary>Where the endpoint processes data: ISO 3166-1 alpha-2, default ZZ for unknown.</summary>
    [RegularExpression("^[A-Z]{2}$")]
    public string Country { get; set; } = "ZZ";

    /// <summary>What a run costs. Micro-tokens, default 100,000.</summary>
    [Range(1, 1_000_000_000)]
    public long PricePerCallMicro { get; set; } = 100_000;

    /// <summary>What each begun 1,000 bytes of the input cost. Micro-tokens, default 10,000.</summary>
    [Range(0, 1_000_000_000)]
    public long PricePerThousandMicro { get; set; } = 10_000;

    /// <summary>How many runs the endpoint gets at once. Runs, default 4.</summary>
    [Range(1, 1_000)]
    public int MaxConcurrency { get; set; } = 4;

    /// <summary>How long the endpoint may be silent, before its answer and within it. Seconds, default 60.</summary>
    [Range(1, 600)]
    public int SilenceSeconds { get; set; } = 60;

    /// <summary>The most bytes read of one response. Bytes, default 8 MiB.</summary>
    [Range(1_024, 268_435_456)]
    public long MaxResponseBytes { get; set; } = 8_388_608;
}
