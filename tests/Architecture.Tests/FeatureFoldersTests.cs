namespace Orkestron.Architecture.Tests;

/// <summary>Between the feature folders of a project all arrows run one way.</summary>
public sealed class FeatureFoldersTests
{
    public static TheoryData<string> Projects => ProjectArrowsTests.Projects;

    [Theory]
    [MemberData(nameof(Projects))]
    public void Features_OfAProject_HaveNoCycle(string project)
    {
        var arrows = FeatureArrows.In(project);
        var cycles = arrows.Cycles();

        Assert.True(cycles.Count == 0, $"{project}: {string.Join(Environment.NewLine, cycles.Select(arrows.Explain))}");
    }
}
