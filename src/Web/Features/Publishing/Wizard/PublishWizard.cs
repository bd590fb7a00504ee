using System.Text.Json;
using Orkestron.Contracts.Plans;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Endpoints;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Web.Shared.Forms;

namespace Orkestron.Web.Features.Publishing.Wizard;

/// <summary>What the publish wizard needs from the platform: checks, prices, endpoints and publishing.</summary>
internal sealed class PublishWizard(IGrainFactory grains, AgentPublishing publishing, IPlanChecker plans, DraftRules rules)
{
    private const int PriceStep = 2;
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["version"] = "version",
        ["title"] = "title",
        ["summary"] = "summary",
        ["country"] = "country",
        ["skills"] = "skills",
        ["recipient"] = "recipient",
        ["endpoint"] = "endpoint",
        ["planYaml"] = "plan",
        ["inputSchema"] = "input",
        ["outputSchema"] = "output",
        ["examples"] = "example",
        ["price"] = "callBudget",
        ["maxConcurrency"] = "maxConcurrency",
        ["timeoutSeconds"] = "timeoutSeconds",
    };

    /// <summary>All errors of a step of the draft, including those that only the platform can find.</summary>
    /// <param name="userId">The user who publishes.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="again">Whether the same version may exist already, because the button may have been pressed twice.</param>
    /// <param name="stop">Ends the checks.</param>
    public async Task<IReadOnlyList<FieldError>> CheckAsync(
        Guid userId, PublishDraft draft, int step, bool again, CancellationToken stop)
    {
        var errors = rules.Check(draft, step);
        if (errors.Count > 0)
        {
            return errors;
        }

        return step switch
        {
            0 => await CardAsync(userId, draft, again),
            1 when draft.IsPlan => await PlanAsync(draft, stop),
            _ => errors,
        };
    }

    /// <summary>The draft of an agent's next version, filled from a version that is published.</summary>
    /// <param name="current">The current version.</param>
    /// <param name="version">The version to start from; null, or one that does not exist, for the current version.</param>
    public async Task<PublishDraft> NewVersionAsync(AgentManifest current, string? version)
    {
        var agent = grains.GetGrain<IAgentGrain>(current.Key);
        var from = version is null ? current : await agent.GetVersionAsync(version) ?? current;
        var versions = await agent.VersionsAsync();
        var next = NextVersion.After(from.Version);
        while (versions.Any(each => each.Version == next))
        {
            next = NextVersion.After(next);
        }

        return PublishDraft.Of(from, next, await agent.GetPlanAsync(from.Version));
    }

    /// <summary>The price of a plan's calls; null when the draft is not a plan or is not valid.</summary>
    public async Task<PlanPrice?> PlanPriceAsync(PublishDraft draft, CancellationToken stop) =>
        draft.IsPlan && FormJson.TryParse(draft["input"], out var input, out _)
            ? (await plans.CheckAsync(new PlanDraft { Yaml = draft["plan"], InputSchema = input, Agent = draft.Key }, stop)).Report.Price
            : null;

    /// <summary>The draft with the price of its plan's calls as the amount on hold, unless the provider has entered an amount.</summary>
    public async Task<PublishDraft> WithCallsAsync(PublishDraft draft, CancellationToken stop) =>
        draft["callBudget"] is "" or "0" && await PlanPriceAsync(draft, stop) is { } price
            ? draft.With("callBudget", (price.AtMost ?? price.AtLeast).ToString())
            : draft;

    /// <summary>Publishes a draft without errors. The errors of a refusal name fields of the draft.</summary>
    /// <param name="userId">Who publishes.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="replace">Whether it becomes the current version at once. Otherwise a new agent is visible to its owner only, and
    /// a new version of a listed agent becomes a candidate without a share.</param>
    /// <param name="stop">Ends the checks of a plan.</param>
    public async Task<Outcome<AgentView>> PublishAsync(Guid userId, PublishDraft draft, bool replace, CancellationToken stop)
    {
        var rollout = await grains.GetGrain<IAgentGrain>(draft.Key).GetRolloutAsync();
        var request = DraftRules.Request(draft) with
        {
            Listed = rollout is null ? false : null,
            CandidateShare = rollout is { Listed: true } && !replace && rollout.Current != draft["version"] ? 0 : null,
        };
        var published = await publishing.PublishAsync(userId, draft["provider"], draft["name"], request, stop);
        return published.Refusal is { } refusal ? AtFields(refusal) : published;
    }

    /// <summary>Whether the agent of the draft is listed in the catalogue.</summary>
    public async Task<bool> IsListedAsync(PublishDraft draft) =>
        await grains.GetGrain<IAgentGrain>(draft.Key).GetRolloutAsync() is { Listed: true };

    /// <summary>The origin of the draft's endpoint; null when it has none.</summary>
    public static string? Origin(PublishDraft draft) => draft.IsHttp && Uri.TryCreate(draft["endpoint"], UriKind.Absolute, out var address)
        ? address.GetLeftPart(UriPartial.Authority)
        : null;

    /// <summary>The origin as the user has registered it; null when they have not.</summary>
    public async Task<EndpointView?> EndpointAsync(Guid userId, PublishDraft draft) =>
        Origin(draft) is { } origin && (await grains.GetGrain<IProviderNamesGrain>(userId).ListAsync()).Contains(draft["provider"])
            ? (await grains.Get<IProviderEndpointsGrain>(draft["provider"]).ListAsync())
                .FirstOrDefault(each => each.Origin.TrimEnd('/') == origin)
            : null;

    /// <summary>Registers the origin, and claims the provider name for the user.</summary>
    public async Task<Outcome<EndpointCreated>> RegisterAsync(Guid userId, PublishDraft draft)
    {
        var claimed = await grains.GetGrain<IProviderNamesGrain>(userId).ClaimAsync(draft["provider"]);
        return claimed.Accepted
            ? await grains.Get<IProviderEndpointsGrain>(draft["provider"]).RegisterAsync(Origin(draft) ?? "")
            : claimed.Refusal;
    }

    /// <summary>Makes a new secret for the origin.</summary>
    public async Task<Outcome<EndpointCreated>> RotateAsync(Guid userId, PublishDraft draft) =>
        await EndpointAsync(userId, draft) is { } endpoint
            ? await grains.Get<IProviderEndpointsGrain>(draft["provider"]).RotateAsync(endpoint.Id)
            : Refuse.With(RefusalCode.NotFound, "Register the address first.");

    /// <summary>The step that a field belongs to.</summary>
    public static int StepOf(string field) =>
        Array.FindIndex(PublishDraft.Steps, step => step.Contains(field)) is >= 0 and var step ? step : PriceStep;

    private async Task<IReadOnlyList<FieldError>> CardAsync(Guid userId, PublishDraft draft, bool again) =>
        await grains.GetGrain<IProviderGrain>(draft["provider"]).GetAsync() is { } owned && owned.OwnerId != userId
            ? [new FieldError("provider", "This provider name belongs to another account. Choose another one.")]
            : !again && (await grains.GetGrain<IAgentGrain>(draft.Key).VersionsAsync()).Any(each => each.Version == draft["version"])
                ? [new FieldError("version", $"{draft.Key} already has this version. Choose another one, for instance {NextVersion.After(draft["version"])}.")]
                : [];

    private async Task<IReadOnlyList<FieldError>> PlanAsync(PublishDraft draft, CancellationToken stop)
    {
        JsonElement? output = FormJson.TryParse(draft["output"], out var promised, out _) ? promised : null;
        var (report, _) = await plans.CheckAsync(
            new PlanDraft
            {
                Yaml = draft["plan"],
                InputSchema = JsonElement.Parse(draft["input"]),
                OutputSchema = output,
                Agent = draft.Key,
            },
            stop);
        return report.Valid && output is null && report.OutputSchema is null
            ? [new FieldError("output", "Describe the output of the plan: it does not follow from the agents that the plan calls.")]
            : [.. report.Faults.Select(static fault => new FieldError("plan", Describe(fault)))];
    }

    private static string Describe(PlanFault fault) => fault.Line is { } line
        ? $"Line {line}, column {fault.Column}: {fault.Message}"
        : fault.Message;

    private static Refusal AtFields(Refusal refusal) => refusal.Code switch
    {
        RefusalCode.ProviderTaken or RefusalCode.ProviderReserved => At(refusal, "provider"),
        RefusalCode.VersionExists => At(refusal, "version"),
        RefusalCode.EndpointNotAllowed => At(refusal, "endpoint"),
        _ => refusal with
        {
            Errors =
            [
                .. refusal.Errors.Select(static error => error with
                {
                    Path = Fields.GetValueOrDefault(error.Path.TrimStart('/').Split('/')[0], ""),
                }),
            ],
        },
    };

    private static Refusal At(Refusal refusal, string field) => refusal with { Errors = [new FieldError(field, refusal.Detail)] };
}
