// swift-tools-version:6.2
import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

// JSON as strangers send it: one reader and one writer for the whole house. It depends on nothing.
let package = Package(
    name: "StrictJSON",
    products: [
        .library(name: "StrictJSON", targets: ["StrictJSON"])
    ],
    targets: [
        .target(name: "StrictJSON", swiftSettings: house),
        .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"], swiftSettings: house),
    ]
)
