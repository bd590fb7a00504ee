using System.Collections.Immutable;
using System.Text.Json;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Schemas;
using Orkestron.Schemas.Documents;
using Orkestron.Web.Shared.Forms;

namespace Orkestron.Web.Features.Agents.Run;

/// <summary>A run form as filled in so far: its fields, the input they make, and the price of a run with it. Pure.</summary>
public sealed record RunDraft
{
    public required AgentManifest Agent { get; init; }

    /// <summary>Whether the input is edited as JSON.</summary>
    public required bool IsRaw { get; init; }

    /// <summary>The JSON as entered, when it is edited as JSON.</summary>
    public required string Raw { get; init; }

    public required FormField Form { get; init; }

    public required Payload Input { get; init; }

    /// <summary>What could not be read.</summary>
    public required IReadOnlyList<FieldError> Errors { get; init; }

    /// <summary>JSON Pointers to the members of the input that the agent will not get, because its schema does not declare them.</summary>
    public ImmutableArray<string> DroppedMembers()
    {
        if (Errors.Count > 0)
        {
            return [];
        }

        try
        {
            return [.. JsonSchema.Of(Agent.InputSchema.Utf8).Check(Input.Utf8, declaredOnly: true).Undeclared];
        }
        catch (SchemaException)
        {
            return [];
        }
    }

    /// <summary>Whether a field takes a file, so that the form must be sent as multipart data.</summary>
    public bool TakesFiles => Files(Form).Any();

    public long PriceMicro => Agent.Price.QuoteMicro(Input.Length);

    public long HoldMicro => Agent.Price.HoldMicro(Input.Length);

    /// <summary>The form as a browser posted it, with the effect of the pressed button applied.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="posted">The form.</param>
    /// <param name="uploaded">References of the files posted with it, by the fields' paths.</param>
    public static RunDraft Of(
        AgentManifest agent, IFormCollection posted, IReadOnlyDictionary<string, string>? uploaded = null)
    {
        var action = posted[FieldNames.Action].ToString();
        var state = FormState.Of(posted);
        foreach (var (path, reference) in uploaded ?? new Dictionary<string, string>())
        {
            state.Set(path, reference);
        }

        var isRaw = posted[FieldNames.Mode].ToString() == FieldNames.Raw;
        var raw = posted[FieldNames.Raw].ToString().ReplaceLineEndings("\n");
        if (isRaw)
        {
            if (action == "to-form" && FormJson.TryParse(raw, out var typed, out _))
            {
                return Fields(agent, FormState.Of(typed));
            }

            return Typed(agent, raw);
        }

        if (action == "to-raw")
        {
            return Typed(agent, FormJson.Indented(Fields(agent, state).Input.ToString()));
        }

        FormActions.Press(SchemaOf(agent), action, state);
        return Fields(agent, state);
    }

    /// <summary>The form filled with an input.</summary>
    public static RunDraft Of(AgentManifest agent, Payload input) =>
        FormJson.TryParse(input.ToString(), out var value, out _) ? Fields(agent, FormState.Of(value)) : Empty(agent);

    /// <summary>The form with the schema's defaults.</summary>
    public static RunDraft Empty(AgentManifest agent) => Fields(agent, new FormState());

    private static RunDraft Fields(AgentManifest agent, FormState state)
    {
        var form = FormBuilder.Build(SchemaOf(agent), state);
        var (input, errors) = FormReader.Read(form);
        return new RunDraft { Agent = agent, IsRaw = false, Raw = "", Form = form, Input = input, Errors = errors };
    }

    private static RunDraft Typed(AgentManifest agent, string raw)
    {
        var valid = FormJson.TryParse(raw, out var value, out var fault);
        return new RunDraft
        {
            Agent = agent,
            IsRaw = true,
            Raw = raw,
            Form = FormBuilder.Build(SchemaOf(agent), new FormState()),
            Input = valid ? Payload.Of(JsonSerializer.Serialize(value, Compact)) : Payload.EmptyObject,
            Errors = valid ? [] : [new FieldError("", fault)],
        };
    }

    /// <summary>The fields that take files.</summary>
    public static IEnumerable<FormField> Files(FormField field) => field.Kind == FieldKind.File
        ? [field]
        : field.Children.SelectMany(Files);

    private static JsonElement SchemaOf(AgentManifest agent) =>
        FormJson.TryParse(agent.InputSchema.ToString(), out var schema, out _) ? schema : default;

    private static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
