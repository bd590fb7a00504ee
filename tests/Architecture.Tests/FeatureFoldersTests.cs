namespace Orkestron.Architecture.Tests;

/// <summary>Between the feature folders of a project all arrows run one way.</summary>
public sealed class FeatureFoldersTests
{
    /// <summary>Projects whose folders still know each other. Whoever has put one in order takes it off; none is added.</summary>
    private static readonly string[] NotYet = [];

    public static TheoryData<string> Projects => ProjectArrowsTests.Projects;

    [Theory]
    [MemberData(nameof(Projects))]
    public void Features_OfAProject_HaveNoCycle(string project)
    {
        var arrows = FeatureArrows.In(project);
        var cycles = arrows.Cycles();

        if (NotYet.Contains(project))
        {
            Assert.True(cycles.Count > 0, $"The folders of {project} have no cycle any more: take it off the list {nameof(NotYet)}.");
            return;
        }

        Assert.True(cycles.Count == 0, $"{project}: {string.Join(Environment.NewLine, cycles.Select(arrows.Explain))}");
    }
}
