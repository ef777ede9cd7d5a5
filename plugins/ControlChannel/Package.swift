// swift-tools-version:6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let moduleKit = Target.Dependency.product(name: "ModuleKit", package: "ModuleKit")
let strictJSON = Target.Dependency.product(name: "StrictJSON", package: "StrictJSON")

// What the two ends of a pairing say to each other: versions, packets, acknowledgements. A library, no module.
let package = Package(
    name: "ControlChannel",
    products: [.library(name: "ControlChannel", targets: ["ControlChannel"])],
    dependencies: [.package(path: "../ModuleKit"), .package(path: "../StrictJSON")],
    targets: [
        .target(name: "ControlChannel", dependencies: [moduleKit, strictJSON], swiftSettings: house),
        .testTarget(
            name: "ControlChannelTests",
            dependencies: ["ControlChannel", moduleKit, strictJSON],
            resources: [.copy("Vectors")],
            swiftSettings: house
        ),
    ]
)
