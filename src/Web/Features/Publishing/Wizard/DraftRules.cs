using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Plans;
using Orkestron.Domain;
using Orkestron.Web.Shared.Forms;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Publishing.Wizard;

/// <summary>Checks the steps of the publish wizard. The path of an error is the name of the wizard's field.</summary>
internal sealed partial class DraftRules(ISchemaChecker schemas)
{
    private const int MaxSchema = 65_536;
    private const int MaxSkills = 20;
    private static readonly string[] Kinds = ["worker", "orchestrator", "reviewer"];

    /// <summary>All errors of a step, counted from 0.</summary>
    public IReadOnlyList<FieldError> Check(PublishDraft draft, int step)
    {
        var errors = new List<FieldError>();
        switch (step)
        {
            case 0:
                Card(draft, errors);
                break;
            case 1:
                Schemas(draft, errors);
                break;
            default:
                Price(draft, errors);
                break;
        }

        return errors;
    }

    /// <summary>The skills of the draft.</summary>
    public static string[] Skills(PublishDraft draft) => draft["skills"].Split(
        [',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The request that publishes a draft whose steps have no errors.</summary>
    public static PublishAgentRequest Request(PublishDraft draft)
    {
        JsonElement? output = draft.IsPlan && draft["output"].Trim().Length == 0 ? null : JsonElement.Parse(draft["output"]);
        return PlanPublishing.WithDefaults(new PublishAgentRequest(
            draft["version"],
            draft["title"],
            draft["summary"],
            JsonElement.Parse(draft["input"]),
            output,
            [new AgentExample(draft["exampleTitle"], JsonElement.Parse(draft["example"])), .. MoreExamples(draft)],
            draft["country"],
            draft["kind"],
            Skills(draft),
            new ListedPrice(Amount(draft, "perCall"), Amount(draft, "perThousand"), Amount(draft, "callBudget")),
            Whole(draft, "maxConcurrency"),
            double.Parse(draft["timeoutSeconds"], NumberStyles.Float, CultureInfo.InvariantCulture),
            Whole(draft, "maxInputBytes"),
            draft.IsPlan || draft["recipient"].Length == 0 ? null : draft["recipient"],
            draft.IsHttp ? draft["endpoint"] : null,
            PlanYaml: draft.IsPlan ? draft["plan"] : null));
    }

    /// <summary>The further examples of the previous version.</summary>
    public static IReadOnlyList<AgentExample> MoreExamples(PublishDraft draft)
    {
        try
        {
            return draft[PublishDraft.MoreExamples].Length == 0
                ? []
                : JsonSerializer.Deserialize<AgentExample[]>(draft[PublishDraft.MoreExamples], ApiJson.Options) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static void Card(PublishDraft draft, List<FieldError> errors)
    {
        Want(errors, "provider", ProviderName().IsMatch(draft["provider"]), "Use 2 to 40 lower-case letters, digits and hyphens.");
        Want(errors, "name", AgentName().IsMatch(draft["name"]), "Use 2 to 60 lower-case letters, digits and hyphens.");
        Want(errors, "version", Version().IsMatch(draft["version"]), "Use at most 60 letters, digits and the characters . + -, for instance 1.0.0.");
        Want(errors, "title", draft["title"].Length is > 0 and <= 80, $"Use 1 to 80 characters; this has {draft["title"].Length}.");
        Want(
            errors,
            "summary",
            draft["summary"].Trim().Length is > 0 and <= 400,
            $"Use 1 to 400 characters; this has {draft["summary"].Length}.");
        var skills = Skills(draft);
        Want(
            errors,
            "skills",
            skills.Length <= MaxSkills && skills.All(static skill => skill.Length <= 40),
            "Enter at most 20 skills of at most 40 characters each, separated by commas.");
        Want(errors, "kind", Kinds.Contains(draft["kind"]), "Choose one.");
        Want(errors, "country", Country().IsMatch(draft["country"]), "Enter the two-letter code of the country, for instance DE.");
        Want(errors, "reach", PublishDraft.Reaches.Contains(draft["reach"]), "Choose one.");
        Want(errors, "recipient", draft["recipient"].Length <= 253, "Use at most 253 characters.");
        if (draft.IsHttp)
        {
            Want(
                errors,
                "endpoint",
                draft["endpoint"].Length <= 2_048 && Uri.TryCreate(draft["endpoint"], UriKind.Absolute, out var address)
                    && address.Scheme is "https" or "http",
                "Enter the full URL, for instance https://agents.acme.example/echo.");
        }
    }

    private void Schemas(PublishDraft draft, List<FieldError> errors)
    {
        var input = Schema(draft, "input", errors);
        if (!draft.IsPlan || draft["output"].Trim().Length > 0)
        {
            Schema(draft, "output", errors);
        }

        if (draft.IsPlan)
        {
            Want(errors, "plan", draft["plan"].Trim().Length > 0, "Enter the plan.");
            Want(errors, "plan", draft["plan"].Length <= PlanSchema.MaxPlanBytes, "A plan has at most 256 KiB.");
        }

        Want(errors, "exampleTitle", draft["exampleTitle"].Length is > 0 and <= 80, "Use 1 to 80 characters.");
        if (!FormJson.TryParse(draft["example"], out var example, out var fault))
        {
            errors.Add(new FieldError("example", fault));
            return;
        }

        if (input is not { } schema)
        {
            return;
        }

        errors.AddRange(schemas.Check(schema, example).Select(static wrong => new FieldError("example", At(wrong))));
        foreach (var more in MoreExamples(draft))
        {
            errors.AddRange(schemas.Check(schema, more.Input).Select(wrong =>
                new FieldError("input", $"The example '{more.Title}' of the previous version no longer fits: {At(wrong)}")));
        }
    }

    private static void Price(PublishDraft draft, List<FieldError> errors)
    {
        foreach (var field in new[] { "perCall", "perThousand", "callBudget" })
        {
            Want(
                errors,
                field,
                Contracts.Tokens.TryParse(draft[field], out var amount) && amount.Micro is >= 0 and <= 1_000_000_000_000,
                "Enter 0 to 1,000,000 tokens with at most six decimal places, for instance 0.05.");
        }

        Number(draft, "maxConcurrency", 1, 1_000, errors);
        Number(draft, "maxInputBytes", 1, 4_194_304, errors);
        Want(
            errors,
            "timeoutSeconds",
            double.TryParse(draft["timeoutSeconds"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds is > 0 and <= 86_400,
            "Enter more than 0 and at most 86,400 seconds.");
    }

    private JsonElement? Schema(PublishDraft draft, string field, List<FieldError> errors)
    {
        if (!FormJson.TryParse(draft[field], out var schema, out var fault))
        {
            errors.Add(new FieldError(field, fault));
            return null;
        }

        var wrong = schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False)
            ? "A JSON Schema is an object: { \"type\": \"object\", … }."
            : draft[field].Length > MaxSchema ? "A schema has at most 64 KiB." : schemas.FaultOf(schema);
        if (wrong is not null)
        {
            errors.Add(new FieldError(field, wrong));
        }

        return wrong is null ? schema : null;
    }

    private static string At(SchemaFault fault) => fault.Path.Length == 0 ? fault.Message : $"{fault.Path}: {fault.Message}";

    private static void Number(PublishDraft draft, string field, int least, int most, List<FieldError> errors) => Want(
        errors,
        field,
        int.TryParse(draft[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most,
        string.Create(CultureInfo.InvariantCulture, $"Enter a whole number from {least:#,0} to {most:#,0}."));

    private static Contracts.Tokens Amount(PublishDraft draft, string field) =>
        Contracts.Tokens.TryParse(draft[field], out var amount) ? amount : default;

    private static int Whole(PublishDraft draft, string field) => int.Parse(draft[field], NumberStyles.None, CultureInfo.InvariantCulture);

    private static void Want(List<FieldError> errors, string field, bool holds, string otherwise)
    {
        if (!holds)
        {
            errors.Add(new FieldError(field, otherwise));
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex ProviderName();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex AgentName();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9.+-]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Country();
}
