using EquityBot.Bench;

if (args is ["stand-in", var limits])
{
    await BenchStandIn.ServeAsync(limits == "limits");
    return;
}

await Rounds.RunAsync(args);
